import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';

/** Runs the command line as people do, its result going through a pipe. */
const piped = (args: readonly string[]): Promise<{ code: number | null; out: string }> =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join('scripts', 'lockstep.mjs'), ...args], { stdio: ['ignore', 'pipe', 'ignore'] });
    const parts: Buffer[] = [];
    child.stdout.on('data', (part: Buffer) => parts.push(part));
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, out: Buffer.concat(parts).toString('utf8') }));
  });

it('a result larger than a pipe holds arrives whole', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'lockstep-output-'));
  try {
    const person = (row: number): string => `${row},Given${row},Surname${row},person${row}@company${row}.example`;
    const file = join(folder, 'people.csv');
    await writeFile(file, ['id,first name,last name,email', ...Array.from({ length: 400 }, (_, row) => person(row))].join('\n'));
    const { code, out } = await piped(['link', file, file, '--json']);
    expect(code).toBe(0);
    expect(out.length).toBeGreaterThan(128 * 1024);
    expect((JSON.parse(out) as { linked: number }).linked).toBe(400);
  } finally {
    await rm(folder, { recursive: true });
  }
});
