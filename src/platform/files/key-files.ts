import { randomBytes } from 'node:crypto';
import { mkdir, open, readdir, readFile, stat, unlink } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Keys that must never lie in the database or in a backup: one file each, readable by this program alone. Destroying the
 * file makes everything sealed under it unreadable, in every backup and disk image of the database.
 */
export type KeyFiles = {
  /** A fresh 32-byte key, on disk before this returns. @throws when the name exists */
  create(name: string): Promise<Buffer>;
  /** Undefined when there is none. */
  read(name: string): Promise<Buffer | undefined>;
  /** Overwrites and removes. Harmless when there is none. */
  destroy(name: string): Promise<void>;
  list(): Promise<string[]>;
  /** When it was made; undefined when there is none. */
  madeAt(name: string): Promise<Date | undefined>;
};

const KEY_BYTES = 32;
const NAME = /^[0-9a-f-]{36}$/;

const absent = (error: unknown): boolean => (error as NodeJS.ErrnoException).code === 'ENOENT';

/** A directory's entries are only durable once the directory itself is flushed. */
const flush = async (folder: string): Promise<void> => {
  const handle = await open(folder, 'r');
  await handle.sync().catch(() => undefined);
  await handle.close();
};

/** Keys named by uuid, in `<dataDir>/<folder>`. */
export const keyFiles = (dataDir: string, folder: string): KeyFiles => {
  const home = join(dataDir, folder);
  const path = (name: string): string => {
    if (!NAME.test(name)) throw new TypeError('a key is named by a uuid');
    return join(home, name);
  };
  return {
    create: async (name) => {
      const key = randomBytes(KEY_BYTES);
      await mkdir(home, { recursive: true, mode: 0o700 });
      const file = await open(path(name), 'wx', 0o600);
      await file.writeFile(key);
      await file.sync();
      await file.close();
      await flush(home);
      return key;
    },
    read: async (name) => {
      try {
        return await readFile(path(name));
      } catch (error) {
        if (absent(error)) return undefined;
        throw error;
      }
    },
    destroy: async (name) => {
      try {
        const file = await open(path(name), 'r+');
        await file.write(randomBytes(KEY_BYTES), 0, KEY_BYTES, 0);
        await file.sync();
        await file.close();
        await unlink(path(name));
        await flush(home);
      } catch (error) {
        if (!absent(error)) throw error;
      }
    },
    madeAt: async (name) => {
      try {
        return (await stat(path(name))).mtime;
      } catch (error) {
        if (absent(error)) return undefined;
        throw error;
      }
    },
    list: async () => {
      try {
        return (await readdir(home)).filter((name) => NAME.test(name));
      } catch (error) {
        if (absent(error)) return [];
        throw error;
      }
    },
  };
};
