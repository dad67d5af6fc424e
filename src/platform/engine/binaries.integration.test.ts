import { chmodSync, cpSync, existsSync, lstatSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { spawnSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findBinaries, packageDir } from './binaries';
import { isRoot } from './identity';

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };
const root = mkdtempSync(join(tmpdir(), 'lockstep-binaries-'));
const installed = join(root, 'private', 'package');
const links = (dir: string): string[] => readdirSync(dir).filter((name) => lstatSync(join(dir, name)).isSymbolicLink());

beforeAll(() => {
  cpSync(packageDir(), installed, { recursive: true, verbatimSymlinks: true });
  for (const name of links(join(installed, 'native', 'lib'))) rmSync(join(installed, 'native', 'lib', name));
  chmodSync(join(root, 'private'), 0o700);
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

test('links missing after an installation without scripts are made', () => {
  expect(links(join(installed, 'native', 'lib'))).toEqual([]);
  const found = findBinaries({}, silent, installed);
  expect(found.postgres).toContain(installed);
  expect(links(join(installed, 'native', 'lib')).length).toBeGreaterThan(5);
  expect(spawnSync(found.postgres, ['--version'], { encoding: 'utf8' }).stdout).toContain(`PostgreSQL) ${found.major}.`);
});

describe.runIf(isRoot())('as root, under a parent that the other account may not enter', () => {
  const nobody = { uid: 65534, gid: 65534 };

  test('a copy is made in a reachable place, once', () => {
    chmodSync(root, 0o755);
    const place = join(root, 'cache');
    const first = findBinaries(nobody, silent, installed, [place]);
    expect(first.postgres).toContain(place);
    expect(existsSync(join(place, readdirSync(place)[0] ?? '', 'native', 'lib', 'libpq.a'))).toBe(false);
    const stamp = lstatSync(first.postgres).mtimeMs;
    expect(findBinaries(nobody, silent, installed, [place])).toEqual(first);
    expect(lstatSync(first.postgres).mtimeMs).toBe(stamp);
    expect(readdirSync(place)).toHaveLength(1);
  });

  test('a copy that others may write is not used, and no place left is said with the mend', () => {
    const place = join(root, 'open');
    mkdirSync(place);
    findBinaries(nobody, silent, installed, [place]);
    chmodSync(join(place, readdirSync(place)[0] ?? ''), 0o777);
    expect(() => findBinaries(nobody, silent, installed, [place])).toThrow(/cannot reach.*Move this folder/);
    expect(() => findBinaries(nobody, silent, installed, [])).toThrow(/ordinary user/);
  });
});
