import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { seal, unseal } from '../crypto/sealing';
import { keyFiles } from './key-files';

const dataDir = mkdtempSync(join(tmpdir(), 'lockstep-keys-'));
afterAll(() => rmSync(dataDir, { recursive: true, force: true }));
const keys = keyFiles(dataDir, 'wave-keys');
const NAME = '6f9619ff-8b86-4011-b42d-00c04fc964ff';

describe('keys in files', () => {
  test('are absent before they are made, and harmless to destroy', async () => {
    expect(await keys.read(NAME)).toBeUndefined();
    expect(await keys.madeAt(NAME)).toBeUndefined();
    expect(await keys.list()).toEqual([]);
    await keys.destroy(NAME);
  });

  test('are made once, readable by the program alone, listed, and gone when destroyed', async () => {
    const key = await keys.create(NAME);
    expect(key).toHaveLength(32);
    expect(await keys.read(NAME)).toEqual(key);
    expect(statSync(join(dataDir, 'wave-keys')).mode & 0o777).toBe(0o700);
    expect(statSync(join(dataDir, 'wave-keys', NAME)).mode & 0o777).toBe(0o600);
    expect(await keys.list()).toEqual([NAME]);
    await expect(keys.create(NAME)).rejects.toMatchObject({ code: 'EEXIST' });
    expect(readFileSync(join(dataDir, 'wave-keys', NAME))).toEqual(key);
    await keys.destroy(NAME);
    expect(await keys.read(NAME)).toBeUndefined();
    expect(await keys.list()).toEqual([]);
  });

  test.each(['../account-secret', '', 'x', `${NAME}/..`])('are not named %j', async (name) => {
    await expect(keys.read(name)).rejects.toThrow('a key is named by a uuid');
  });
});

describe('sealing', () => {
  const key = Buffer.alloc(32, 7);
  test('comes back only with the same key, purpose and bytes, and never looks the same twice', () => {
    const sealed = seal(key, Buffer.from('a secret'), 'leaf|1');
    expect(unseal(key, sealed, 'leaf|1').toString()).toBe('a secret');
    expect(seal(key, Buffer.from('a secret'), 'leaf|1').equals(sealed)).toBe(false);
    expect(() => unseal(Buffer.alloc(32, 8), sealed, 'leaf|1')).toThrow();
    expect(() => unseal(key, sealed, 'leaf|2')).toThrow();
    for (const at of [0, 13, sealed.length - 1]) {
      const changed = Buffer.from(sealed);
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(() => unseal(key, changed, 'leaf|1')).toThrow();
    }
  });
});
