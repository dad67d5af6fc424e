import { randomBytes, randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import type { AnswerRequest, OpenResponse } from '../../features/assessment/answer-contract';
import { findWave, invitationsOf } from '../../features/assessment/ballots-repo';
import { launch, type Launched } from '../../features/assessment/commands/launch';
import { wave } from '../../features/assessment/schema';
import { linkToken, shortCode } from '../../features/assessment/tokens';
import { readWaveSecrets, waveKeys } from '../../features/assessment/wave-secrets';
import { ballotKeyIn, finish, newBallot, type SealedBallot } from '../../features/assessment/web/answer/ballot';
import type { WaveSetup } from '../../features/assessment/domain/wave-setup';
import { person } from '../../features/people/schema';
import { workspace } from '../../features/workspace/schema';
import type { FunctionName, Level } from '../../lib/vocabulary';
import type { Services } from '../../platform/rpc/context';
import type { Scope } from '../../platform/rpc/with-workspace';

/** So many people of a function, level and territory. */
export type Crowd = { function: FunctionName; level: Level; territory: string; people: number };

export type Invited = { invitationId: string; personId: string | null; leafId: string; token: string; code: string };
/** An open wave and everybody's way in. */
export type OpenSurvey = { workspaceId: string; waveId: string; invited: Invited[] };
export type Survey = OpenSurvey & { launched: Launched };

type Post = (path: string, body: unknown) => Promise<Response>;

const setupOf = (now: Date, overrides: Partial<WaveSetup>): WaveSetup => ({
  instrumentId: 'relationship', instrumentVersion: '', toolIds: [], functions: ['sales', 'marketing', 'leadership'], minimum: { general: 5, leadership: 5 }, shapes: {}, merges: [],
  expectedResponse: 0.7, comments: true, opensAt: null, closesAt: new Date(now.getTime() + 7 * 86_400_000).toISOString(), locales: ['en'], reminderDaysBefore: [], smallestGap: null, ...overrides,
});

const asAdmin = (services: Services, workspaceId: string, tx: Scope['tx']): Scope => ({
  tx, workspaceId, services, now: services.now(), newId: randomUUID,
  me: { userId: randomUUID(), label: 'Ada Admin', role: 'admin', personId: null, headOf: null },
  audit: (entry) => services.recordAudit(tx, workspaceId, services.now(), { id: null, label: 'Ada Admin' }, entry),
  afterwards: () => undefined,
});

/** A workspace whose people are asked, launched and ready to be answered. */
export const launchSurvey = async (services: Services, crowds: Crowd[], instrument: { id: string; version: string; toolIds: string[] }, overrides: Partial<WaveSetup> = {}): Promise<Survey> => {
  const [workspaceId, waveId] = [randomUUID(), randomUUID()];
  const now = services.now();
  await services.db.inWorkspace(workspaceId, async (tx) => {
    await tx.insert(workspace).values({ workspaceId, name: 'Northwind', timeZone: 'UTC', leftSide: 'sales', createdAt: now });
    const people = crowds.flatMap((crowd) => Array.from({ length: crowd.people }, () => crowd)).map((crowd, at) => ({
      workspaceId, id: randomUUID(), name: `Person ${at}`, email: `p${at}@example.com`, emailKey: `p${at}@example.com`,
      function: crowd.function, level: crowd.level, territory: crowd.territory, createdAt: now, updatedAt: now,
    }));
    for (let at = 0; at < people.length; at += 1_000) await tx.insert(person).values(people.slice(at, at + 1_000));
    const setup = setupOf(now, { instrumentId: instrument.id, instrumentVersion: instrument.version, toolIds: instrument.toolIds, ...overrides });
    await tx.insert(wave).values({ workspaceId, id: waveId, name: 'Autumn', state: 'draft', setup, createdAt: now });
  });
  return launchDraft(services, workspaceId, waveId);
};

export const launchDraft = async (services: Services, workspaceId: string, waveId: string): Promise<Survey> => {
  const launched = await services.db.inWorkspace(workspaceId, (tx) => launch(asAdmin(services, workspaceId, tx), waveId));
  return { ...(await inviteesOf(services, workspaceId, waveId)), launched };
};

/** Everybody's way in, computed as the mails do. */
export const inviteesOf = async (services: Services, workspaceId: string, waveId: string): Promise<OpenSurvey> => {
  const invited = await services.db.inWorkspace(workspaceId, async (tx) => {
    const { tokenSecret } = await readWaveSecrets(tx, waveKeys(services.config), waveId);
    return (await invitationsOf(tx, waveId)).map((row) => ({
      invitationId: row.id, personId: row.personId, leafId: row.leafId, token: linkToken(tokenSecret, row.id), code: shortCode(tokenSecret, row.id),
    }));
  });
  return { workspaceId, waveId, invited };
};

export const postTo = (request: (path: string, init?: RequestInit) => Promise<Response>): Post => (path, body) =>
  request(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });

const random = (length: number): Uint8Array => new Uint8Array(randomBytes(length));

/** The respondent's device: opens, seals, picks up, sends. */
export const device = (post: Post, survey: OpenSurvey, invited: Invited) => {
  let opened: OpenResponse | undefined;
  let ballot: SealedBallot | undefined;
  const keyOf = (leaf: string) => ballotKeyIn(new Uint8Array(Buffer.from(opened?.list.find((each) => each.leaf === leaf)?.spki ?? '', 'base64url')));
  const self = {
    open: async () => (opened = (await (await post('/api/answer/open', { wave: survey.waveId, token: invited.token })).json()) as OpenResponse),
    /** The reply to asking for a ballot, sealed the first time it is called. */
    pickUp: async (): Promise<Response> => {
      const page = opened ?? (await self.open());
      ballot ??= newBallot(keyOf(page.leaf.id), survey.waveId, page.leaf.id, random);
      return post('/api/answer/ballot', { wave: survey.waveId, token: invited.token, blinded: Buffer.from(ballot.blinded).toString('base64url') });
    },
    /** What will be sent, signed. */
    answer: async (rate: (statement: number) => number, comments?: string): Promise<AnswerRequest> => {
      const reply = await self.pickUp();
      if (!reply.ok || !opened || !ballot) throw new Error(`no ballot: ${reply.status} ${await reply.text()}`);
      const { signature } = (await reply.json()) as { signature: string };
      const sig = finish(keyOf(opened.leaf.id), ballot.message, new Uint8Array(Buffer.from(signature, 'base64url')), ballot.inverse);
      const statements = opened.sections.flatMap((section) => section.statements);
      return {
        wave: survey.waveId, leaf: opened.leaf.id, prefix: Buffer.from(ballot.prefix).toString('base64url'), sig: Buffer.from(sig).toString('base64url'),
        answers: statements.map((_, at) => rate(at)), ...(comments ? { comments } : {}),
      };
    },
    send: async (request: AnswerRequest): Promise<Response> => post('/api/answer', request),
  };
  return self;
};

export const waveRow = (services: Services, survey: OpenSurvey) => services.db.inWorkspace(survey.workspaceId, (tx) => findWave(tx, survey.waveId));

export const setCloses = (services: Services, survey: OpenSurvey, closesAt: Date) =>
  services.db.inWorkspace(survey.workspaceId, (tx) => tx.update(wave).set({ closesAt }).where(eq(wave.id, survey.waveId)));
