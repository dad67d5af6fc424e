import { boolean, customType, foreignKey, index, integer, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { FUNCTIONS } from '../../lib/vocabulary';
import { id, instant, workspaceId } from '../../platform/db/columns';
import type { Instrument } from './domain/instrument';
import type { NodePath, ShownBlock, TreeNode } from './domain/tree.types';
import type { WaveResults } from './domain/results-view';
import type { WaveSetup } from './domain/wave-setup';
import { person } from '../people/schema';

const bytes = customType<{ data: Buffer; driverData: Buffer }>({ dataType: () => 'bytea' });

/** Instruments a customer loaded; the built-in ones ship with the product. A version never changes. */
export const instrumentFile = pgTable(
  'instrument',
  {
    workspaceId: workspaceId(),
    instrumentId: text('instrument_id').notNull(),
    version: text('version').notNull(),
    definition: jsonb('definition').$type<Instrument>().notNull(),
    loadedBy: uuid('loaded_by'),
    loadedAt: instant('loaded_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.instrumentId, t.version] })],
);

/** One round of asking. `frozen` columns are filled at launch and never change afterwards. */
export const wave = pgTable(
  'wave',
  {
    workspaceId: workspaceId(),
    id: id(),
    name: text('name').notNull(),
    /** closing: no ballot is handed out any more, those handed out before are taken until the grace is over. */
    state: text('state', { enum: ['draft', 'open', 'closing', 'closed'] }).notNull(),
    setup: jsonb('setup').$type<WaveSetup>().notNull(),
    version: integer('version').notNull().default(1),
    previousWaveId: uuid('previous_wave_id'),
    instrument: jsonb('instrument').$type<Instrument>(),
    trees: jsonb('trees').$type<TreeNode[]>(),
    /** Hash of the public list (leaf, invited, key) that every link carries. */
    listHash: text('list_hash'),
    launchedAt: instant('launched_at'),
    opensAt: instant('opens_at'),
    closesAt: instant('closes_at'),
    closedAt: instant('closed_at'),
    /** Functions that stayed under the minimum, so that their answers were discarded unread. */
    discarded: text('discarded', { enum: FUNCTIONS }).array(),
    /** What the gate let out at close; answers know only their final block, so the tree above them is kept here. */
    blocks: jsonb('blocks').$type<ShownBlock[]>(),
    publishedAt: instant('published_at'),
    /** Days before closing on which reminders already went out. */
    reminded: integer('reminded').array(),
    /** When those outstanding were last reminded; a request made before it has been served. */
    remindedAt: instant('reminded_at'),
    /** SHA-256 of the public summary link's secret. */
    shareHash: text('share_hash'),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.id] }), index('wave_state').on(t.workspaceId, t.state)],
);

/** Leaves of the frozen reporting trees: the finest thing a ballot key is bound to (anonymity.md A). */
export const leaf = pgTable(
  'leaf',
  {
    workspaceId: workspaceId(),
    waveId: uuid('wave_id').notNull(),
    id: text('id').notNull(),
    function: text('function', { enum: FUNCTIONS }).notNull(),
    path: jsonb('path').$type<NodePath>().notNull(),
    invited: integer('invited').notNull(),
    /** Public key, SPKI DER. */
    spki: bytes('spki').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.workspaceId, t.waveId, t.id] }),
    foreignKey({ columns: [t.workspaceId, t.waveId], foreignColumns: [wave.workspaceId, wave.id] }),
  ],
);

/** Private keys and the wave secret, sealed under the wave key, which lies outside the database. Destroyed at close. */
export const leafKey = pgTable(
  'leaf_key',
  { workspaceId: workspaceId(), waveId: uuid('wave_id').notNull(), leafId: text('leaf_id').notNull(), sealedPrivate: bytes('sealed_private').notNull() },
  (t) => [primaryKey({ columns: [t.workspaceId, t.waveId, t.leafId] })],
);

export const waveSecret = pgTable(
  'wave_secret',
  { workspaceId: workspaceId(), waveId: uuid('wave_id').notNull(), sealed: bytes('sealed').notNull() },
  (t) => [primaryKey({ columns: [t.workspaceId, t.waveId] })],
);

/** Who may take part, in which leaf. A slip drawn from a hat has no person. Carries no time. */
export const invitation = pgTable(
  'invitation',
  {
    workspaceId: workspaceId(),
    waveId: uuid('wave_id').notNull(),
    id: id(),
    personId: uuid('person_id'),
    leafId: text('leaf_id').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.workspaceId, t.waveId, t.id] }),
    foreignKey({ columns: [t.workspaceId, t.personId], foreignColumns: [person.workspaceId, person.id], name: 'invitation_person' }),
    foreignKey({ columns: [t.workspaceId, t.waveId, t.leafId], foreignColumns: [leaf.workspaceId, leaf.waveId, leaf.id] }),
  ],
);

/** That a ballot was picked up, and for which blinded value; no time, no address. */
export const ballotIssue = pgTable(
  'ballot_issue',
  {
    workspaceId: workspaceId(),
    waveId: uuid('wave_id').notNull(),
    invitationId: uuid('invitation_id').notNull(),
    blindedHash: bytes('blinded_hash').notNull(),
    /** False until the row has been rewritten among others; then its place tells nothing any more. */
    mixed: boolean('mixed').notNull().default(false),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.waveId, t.invitationId] })],
);

/** Ballots received while the wave is open. `answers`: one signed byte per statement, 0 = blank, -1 = can't judge. */
export const ballotBox = pgTable(
  'ballot_box',
  {
    workspaceId: workspaceId(),
    waveId: uuid('wave_id').notNull(),
    serial: bytes('serial').notNull(),
    leafId: text('leaf_id').notNull(),
    signature: bytes('signature').notNull(),
    answers: bytes('answers').notNull(),
    comment: text('comment'),
    mixed: boolean('mixed').notNull().default(false),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.waveId, t.serial] })],
);

/** Answers after close: new random ids, the block they may be shown with, nothing else. */
export const answerSet = pgTable(
  'answer_set',
  {
    workspaceId: workspaceId(),
    waveId: uuid('wave_id').notNull(),
    id: id(),
    /** Smallest shown block, or the remainder of the smallest shown block around it. */
    blockId: text('block_id').notNull(),
    function: text('function', { enum: FUNCTIONS }).notNull(),
    answers: bytes('answers').notNull(),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.waveId, t.id] })],
);

export const answerComment = pgTable(
  'answer_comment',
  {
    workspaceId: workspaceId(),
    waveId: uuid('wave_id').notNull(),
    id: id(),
    function: text('function', { enum: FUNCTIONS }).notNull(),
    text: text('text').notNull(),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.waveId, t.id] })],
);

/** The gated results, computed once a wave is closed; a new version of the rules computes them again. */
export const waveResult = pgTable(
  'wave_result',
  {
    workspaceId: workspaceId(),
    waveId: uuid('wave_id').notNull(),
    rules: text('rules').notNull(),
    results: jsonb('results').$type<WaveResults>().notNull(),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.waveId] })],
);
