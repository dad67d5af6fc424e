import { randomUUID } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { jobs } from '../src/app/features';
import { serveOn } from '../src/app/server';
import { c3Toolkit } from '../src/features/assessment/domain/built-in';
import { demoRatings } from '../src/features/assessment/domain/demo-answers';
import { leafFor, planTrees, type HeadCount } from '../src/features/assessment/domain/tree';
import { writeClosedWave } from '../src/features/assessment/commands/write-closed-wave';
import { workspace, member, apiToken } from '../src/features/workspace/schema';
import { LEVELS } from '../src/lib/vocabulary';
import { seeded } from '../src/lib/seeded';
import { readConfig } from '../src/platform/config/config';
import { hashSecret, newSecret } from '../src/platform/crypto/secrets';
import { openDatabase } from '../src/platform/db/database';
import { migrate } from '../src/platform/db/migrate';
import { lookup } from '../src/platform/db/schema';
import { APP_ROLE, startEngine } from '../src/platform/engine/engine';
import { freePort } from '../src/platform/testing/app-process';

/** Results of a large wave as a page asks for them: over HTTP, from the database, through the gate. */

const PEOPLE = { sales: 8_000, marketing: 1_500, leadership: 500 } as const;
const TERRITORIES = Array.from({ length: 20 }, (_, at) => `Region ${at + 1}`);
const LATER_VIEWS = 20;
const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

const crowd = (): HeadCount[] =>
  Object.entries(PEOPLE).flatMap(([name, people]) =>
    TERRITORIES.flatMap((territory) => LEVELS.map((level) => ({ function: name as keyof typeof PEOPLE, level, territory, people: Math.round((people / TERRITORIES.length) * { leader: 0.02, manager: 0.13, front_line: 0.85 }[level]) }))),
  );

const seed = async (appUrl: string): Promise<{ workspaceId: string; waveId: string; secret: string; answers: number }> => {
  const db = openDatabase(appUrl, () => undefined, 2);
  const [workspaceId, waveId, userId, secret] = [randomUUID(), randomUUID(), randomUUID(), newSecret('lst')];
  const minimum = { general: 5, leadership: 5 };
  const counts = crowd();
  const { trees } = planTrees(counts, { minimum });
  const toolIds = c3Toolkit.tools.map((tool) => tool.id);
  const random = seeded(1);
  const answers = counts.flatMap((cell) => {
    const leafId = leafFor(trees, cell)?.id;
    return leafId ? Array.from({ length: cell.people }, () => ({ leafId, function: cell.function, ratings: demoRatings(c3Toolkit, toolIds, cell, 0, random), comment: null })) : [];
  });
  const now = new Date();
  await db.inWorkspace(workspaceId, async (tx) => {
    await tx.insert(workspace).values({ workspaceId, name: 'Large', timeZone: 'UTC', leftSide: 'sales', createdAt: now });
    await tx.insert(member).values({ workspaceId, userId, name: 'Bench', email: 'bench@example.com', role: 'facilitator', joinedAt: now });
    await tx.insert(apiToken).values({ workspaceId, id: randomUUID(), name: 'bench', tokenHash: hashSecret(secret), scopes: ['assessment:read'], createdBy: userId, createdAt: now });
    await tx.insert(lookup).values({ kind: 'token', key: hashSecret(secret), workspace: workspaceId });
    await writeClosedWave(
      tx,
      {
        workspaceId, id: waveId, name: 'Large', instrument: c3Toolkit, trees, launchedAt: now, opensAt: now, closesAt: now, closedAt: now, createdAt: now,
        setup: {
          instrumentId: c3Toolkit.id, instrumentVersion: c3Toolkit.version, toolIds, functions: ['sales', 'marketing', 'leadership'], minimum, shapes: {}, merges: [], bySlip: [], expectedResponse: 1,
          comments: false, opensAt: null, closesAt: now.toISOString(), locales: ['en'], reminderDaysBefore: [], smallestGap: null,
        },
      },
      answers,
    );
  });
  await db.close();
  return { workspaceId, waveId, secret, answers: answers.length };
};

export const run = async (): Promise<Record<string, unknown>[]> => {
  const dataDir = mkdtempSync(join(tmpdir(), 'lockstep-results-'));
  chmodSync(dataDir, 0o700);
  const engine = await startEngine({ dataDir, log: silent, doing: 'a bench' });
  try {
    await migrate(engine.ownerUrl, { appRole: APP_ROLE, queues: jobs.map((job) => job.name) });
    const { workspaceId, waveId, secret, answers } = await seed(engine.appUrl);
    const port = await freePort();
    const server = await serveOn({ ...readConfig({ PORT: String(port), DATA_DIR: dataDir, LOG_LEVEL: 'error' }, null) }, engine, { webFolder: dataDir, version: 'bench' });
    const view = async (): Promise<{ ms: number; bytes: number }> => {
      const start = performance.now();
      const response = await fetch(`http://127.0.0.1:${port}/api/workspaces/${workspaceId}/waves/${waveId}/results?locale=en`, { headers: { authorization: `Bearer ${secret}` } });
      const bytes = (await response.arrayBuffer()).byteLength;
      if (!response.ok) throw new Error(`results answered ${response.status}`);
      return { ms: performance.now() - start, bytes };
    };
    const first = await view();
    const later: number[] = [];
    for (let at = 0; at < LATER_VIEWS; at += 1) later.push((await view()).ms);
    await server.stop();
    const sorted = later.sort((a, b) => a - b);
    return [
      { figure: `results of ${answers} respondents x 80 statements, first view`, value: Math.round(first.ms), unit: 'ms', target: 1_000, kilobytes: Math.round(first.bytes / 1024), n: 1 },
      { figure: 'the same, later views', value: Math.round(sorted[Math.floor(sorted.length / 2)] ?? 0), unit: 'ms, median', target: 150, slowestMs: Math.round(sorted.at(-1) ?? 0), n: LATER_VIEWS },
    ];
  } finally {
    await engine.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
};
