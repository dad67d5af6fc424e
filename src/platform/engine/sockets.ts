import { randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { asSeenByDatabase, privateDir, type Account } from './identity';
import type { EngineLog } from './errors';

/** sun_path holds 108 bytes on Linux and 104 on macOS; ".s.PGSQL.5432.lock" takes 18. */
const LONGEST = 100 - 18;

/** How the database is reached. */
export interface Door {
  /** Arguments for the server. */
  args: string[];
  url(role: string, database: string): string;
}

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => (typeof address === 'object' && address ? resolve(address.port) : reject(new Error('no free port'))));
    });
  });

/** Windows: Node cannot reach PostgreSQL's sockets there, so TCP on this machine with a generated password. */
export const passwordFile = (dataDir: string): string => {
  const path = join(dataDir, 'pg-password');
  if (!existsSync(path)) writeFileSync(path, randomBytes(24).toString('hex'), { mode: 0o600 });
  return path;
};

const tcpDoor = async (dataDir: string): Promise<Door> => {
  const port = await freePort();
  const password = readFileSync(passwordFile(dataDir), 'utf8');
  return {
    args: ['-c', 'listen_addresses=127.0.0.1', '-c', `port=${port}`],
    url: (role, database) => `postgres://${role}:${password}@127.0.0.1:${port}/${database}`,
  };
};

const socketDoor = (dir: string, seen: string): Door => ({
  args: ['-c', 'listen_addresses=', '-c', 'port=5432', '-c', `unix_socket_directories=${seen}`, '-c', 'unix_socket_permissions=0700'],
  url: (role, database) => `postgres://${role}@localhost/${database}?host=${encodeURIComponent(dir)}`,
});

/** The folder of the socket: the database's own, or a private temporary one when that path is too long for a socket. */
export const openDoor = async (dataDir: string, pgDir: string, account: Account, log: EngineLog): Promise<Door & { close(): void }> => {
  if (process.platform === 'win32') return { ...(await tcpDoor(dataDir)), close: () => undefined };
  if (Buffer.byteLength(pgDir) <= LONGEST) return { ...socketDoor(pgDir, asSeenByDatabase(pgDir, account)), close: () => undefined };
  const dir = mkdtempSync(join(account.uid === undefined && Buffer.byteLength(tmpdir()) < 50 ? tmpdir() : '/tmp', 'lockstep-'));
  privateDir(dir, account);
  log.info(`The path of ${dataDir} is too long for a socket (limit about 100 bytes): the database's socket is in ${dir}.`);
  return { ...socketDoor(dir, dir), close: () => rmSync(dir, { recursive: true, force: true }) };
};
