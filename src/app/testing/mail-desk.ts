import { randomUUID } from 'node:crypto';
import { readConfig, type Config } from '../../platform/config/config';
import { createTestApp, type Person, type TestApp } from './test-app';

const SENDER = { SMTP_FROM: 'Lockstep <lockstep@northwind.example>' };
/** Patience for tests, in milliseconds. */
export const TIMES = { connectMs: 400, silenceMs: 400, wholeMs: 2_000 };
const MINUTE = 60_000;

export const byParts = (port: number, env: Record<string, string> = {}): Config['smtp'] => readConfig({ SMTP_HOST: '127.0.0.1', SMTP_PORT: String(port), ...SENDER, ...env }, null).smtp;
export const byUrl = (url: string): Config['smtp'] => readConfig({ SMTP_URL: url, ...SENDER }, null).smtp;

export type Desk = {
  app: TestApp; owner: Person; workspace: string;
  now(): Date; later(minutes: number): void;
  invite(email?: string): Promise<{ email: string; link: string }>;
  send(): Promise<void>; tend(): Promise<void>;
  outbox(): ReturnType<Person['client']['workspace']['outbox']>;
  /** Jobs that were asked for and not run yet. */
  queued: { name: string; data: Record<string, unknown> }[];
  close(): Promise<void>;
};

let desks = 0;

/** A workspace on an application that mails by these settings, with a clock of its own. */
export const deskWith = async (smtp: Config['smtp'], name = 'Northwind', inviter = 'Olga Owner'): Promise<Desk> => {
  let now = new Date('2026-03-02T10:00:00Z');
  const queued: { name: string; data: Record<string, unknown> }[] = [];
  const app = await createTestApp({ config: { smtp }, now: () => now, mailTimes: TIMES, jobs: async (jobName, data) => void queued.push({ name: jobName, data }) });
  // The limit on sign-ups is counted by address, for all applications of this process together.
  desks += 1;
  app.address = `10.8.0.${desks}`;
  const owner = await app.signUp(inviter);
  const { id: workspace } = await owner.client.workspace.create({ name, timeZone: 'UTC' });
  return {
    app, owner, workspace, queued,
    now: () => now,
    later: (minutes) => void (now = new Date(now.getTime() + minutes * MINUTE)),
    invite: async (email = `${randomUUID()}@x.example`) => ({ email, link: (await owner.client.workspace.invite({ workspace, email, role: 'member' })).link }),
    send: () => app.runJob('outbox-send', { workspaceId: workspace }),
    tend: () => app.runJob('outbox-tend', {}),
    outbox: () => owner.client.workspace.outbox({ workspace }),
    close: () => app.close(),
  };
};
