import { z } from 'zod';
import { FUNCTIONS, LEVELS } from '../../lib/vocabulary';
import { CHANNELS, DRAWS, STEP_KINDS } from './domain/agenda';
import { ANONYMITY, SEAT_ROLES, type Operation, type Seat, type ShownTool } from './domain/operation';
import type { Refusal } from './domain/check';
import type { Seen } from './domain/present';

const id = z.uuid();
const line = z.string().trim().min(1).max(200);
const words = z.string().trim().min(1).max(1_000);
const MOST = 400;

export const stepShape = z.object({ id, kind: z.enum(STEP_KINDS), title: z.string().trim().max(120), minutes: z.number().int().min(0).max(600) });
export const seatShape = z.object({
  id, role: z.enum(SEAT_ROLES), name: z.string().trim().max(120), function: z.enum(FUNCTIONS).nullable(), level: z.enum(LEVELS).nullable(), territory: z.string().trim().max(120),
  personId: id.nullable(), managerId: id.nullable(), team: id.nullable(),
  userId: z.null().default(null), joined: z.literal(false).default(false), gone: z.literal(false).default(false),
});
const team = z.object({ id, number: z.number().int().min(1).max(200), room: z.enum(FUNCTIONS).nullable(), members: z.array(id).max(60) });
const action = z.object({
  id, disconnect: id.nullable(), text: words, activities: z.string().trim().max(2_000), owner: z.string().trim().max(120), side: z.enum(FUNCTIONS).nullable(), dueOn: z.iso.date().nullable(),
  easy: z.boolean(), visible: z.boolean(), direct: z.boolean(), removed: z.boolean(), carried: z.boolean().optional(),
});
const k = <K extends string>(kind: K) => z.object({ kind: z.literal(kind) });

/** What a client may send; the server fills in what is not the client's to say. */
export const operationShape = z.discriminatedUnion('kind', [
  k('rename').extend({ name: line }),
  k('agenda').extend({ steps: z.array(stepShape).min(1).max(60), startsAt: z.iso.datetime().nullable() }),
  k('in_room').extend({ inRoom: z.boolean() }),
  k('tighten').extend({ to: z.enum(ANONYMITY) }),
  k('seats').extend({ seats: z.array(seatShape).min(1).max(MOST) }),
  k('admit').extend({ seat: id }), k('door').extend({ asks: z.boolean() }), k('leave').extend({ seat: id }),
  k('typing').extend({ on: z.boolean(), attended: z.number().int().min(0).max(1_000).nullable() }),
  k('draw').extend({ of: z.enum(DRAWS), teams: z.array(team).max(200) }),
  k('move').extend({ of: z.enum(DRAWS), seat: id, team: id }),
  k('start'), k('pause'), k('resume'), k('finish'),
  k('go').extend({ to: z.number().int().min(0).max(60) }),
  k('extend').extend({ minutes: z.number().int().min(-120).max(120) }),
  k('reveal').extend({ step: id }),
  k('hide').extend({ note: id, hidden: z.boolean() }),
  k('round').extend({ step: id, open: z.boolean(), tokens: z.number().int().min(1).max(20) }),
  k('disconnect').extend({ disconnect: id, text: words, from: z.array(id).max(200), removed: z.boolean() }),
  k('show').extend({ tool: z.string().max(8).nullable() }).transform((op) => ({ ...op, figures: null as ShownTool | null })),
  k('correct').extend({ note: id, text: words.nullable() }),
  k('dots').extend({ note: id, count: z.number().int().min(0).max(5_000) }),
  k('remark').extend({ remark: id, step: id.nullable(), text: z.string().trim().max(2_000), removed: z.boolean() }),
  k('note').extend({ note: id, step: id, channel: z.enum(CHANNELS), text: words, about: id.nullable(), /** Typed in from a sheet of paper. */ paper: z.boolean().optional() }).transform((op) => ({ ...op, late: false })),
  k('write').extend({ note: id, text: words }),
  k('remove').extend({ note: id, removed: z.boolean() }),
  k('top').extend({ note: id, top: z.boolean() }),
  k('group').extend({ note: id, with: id.nullable() }),
  k('name').extend({ note: id, text: z.string().trim().max(200) }),
  k('ready').extend({ step: id, ready: z.boolean() }),
  k('vote').extend({ step: id, nth: z.number().int().positive().nullable().default(null), targets: z.array(id).max(20) }),
  k('action').extend({ action }),
]);
/** As a client writes it. */
export type SentOperation = z.input<typeof operationShape>;
/** As the server keeps it; equal to the domain's by this line's type check. */
export const asOperation = (read: z.output<typeof operationShape>): Operation => read;

export const sendShape = z.object({ operations: z.array(z.object({ id, operation: operationShape })).min(1).max(100) });
export const joinShape = z.union([
  z.object({ code: z.string().max(20), name: line, function: z.enum(FUNCTIONS), level: z.enum(LEVELS).nullable().default(null), territory: z.string().trim().max(120).default(''), device: z.string().min(16).max(100).optional() }),
  z.object({ pass: z.string().max(200) }),
  z.object({ ticket: z.string().max(200), device: z.string().min(16).max(100) }),
]);

export type Outcome = { id: string; saved: true; seq: number } | { id: string; saved: false; refusal: Refusal };
export type Mine = Pick<Seat, 'id' | 'role' | 'name' | 'function' | 'team'>;
export type Joined = { pass: string; huddle: { id: string; name: string }; seat: Mine };

/** What flows to a client. `now`: the server's clock, milliseconds since 1970. */
export type Message =
  | { t: 'hello'; seat: Mine; votes: Record<string, readonly string[]>; own: string[]; now: number }
  | { t: 'snapshot'; seq: number; entities: Record<string, Seen>; now: number }
  | { t: 'delta'; from: number; seq: number; changed: Record<string, Seen>; now: number }
  | { t: 'presence'; online: number }
  | { t: 'beat'; now: number }
  | { t: 'end'; why: EndedWhy };

/** `silent`: a device that has not answered for too long. */
export type EndedWhy = 'left' | 'stopping' | 'slow' | 'replaced' | 'silent';
