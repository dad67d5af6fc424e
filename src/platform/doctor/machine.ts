import { access, constants, stat, statfs } from 'node:fs/promises';
import { createServer } from 'node:net';
import { dirname } from 'node:path';
import { createTransport } from 'nodemailer';
import type { Config } from '../config/config';
import { holderOf } from '../engine/lock';
import { DISK_RESERVE } from '../disk/disk-guard';
import { fault, ok, skipped, warning, type Finding } from './finding';

const GB = 1024 ** 3;

export const node = (versionText: string): Finding => {
  const [major = 0, minor = 0] = versionText.replace(/^v/, '').split('.').map(Number);
  return major > 20 || (major === 20 && minor >= 19) ? ok('Node', versionText) : fault('Node', `${versionText} is too old`, 'install Node 20.19 or later');
};

const nearestExisting = async (path: string): Promise<string> => ((await stat(path).then(() => true, () => false)) || path === dirname(path) ? path : nearestExisting(dirname(path)));

export const disk = async (dataDir: string): Promise<Finding[]> => {
  const folder = await nearestExisting(dataDir);
  const findings: Finding[] = [];
  const writable = await access(folder, constants.W_OK).then(() => true, () => false);
  if (!writable) findings.push(fault('data folder', `${folder} cannot be written by this user`, 'choose another DATA_DIR, or start as the user who made it'));
  if (folder === dataDir && process.platform !== 'win32') {
    const { mode } = await stat(dataDir);
    findings.push((mode & 0o077) === 0 ? ok('data folder', `${dataDir} is private`) : fault('data folder', `${dataDir} can be read by others`, `chmod 700 ${dataDir}`));
  } else if (writable) findings.push(ok('data folder', `${dataDir} will be made at the first start`));
  const { bavail, bsize } = await statfs(folder);
  const free = bavail * bsize;
  const text = `${(free / GB).toFixed(1)} GB free`;
  if (free < DISK_RESERVE) findings.push(fault('disk', text, 'free some space: below 0.2 GB the server only reads and saves nothing new'));
  else findings.push(free < 2 * GB ? warning('disk', text, 'free some space; backups and imports need room') : ok('disk', text));
  return findings;
};

export const port = async (config: Config): Promise<Finding> => {
  const holder = await stat(config.dataDir).then(() => holderOf(config.dataDir), () => null);
  if (holder?.doing.startsWith('http')) return ok('port', `Lockstep itself runs at ${holder.doing} (process ${holder.pid})`);
  const problem = await new Promise<NodeJS.ErrnoException | null>((resolve) => {
    const probe = createServer();
    probe.once('error', resolve);
    probe.listen(config.port, config.host, () => probe.close(() => resolve(null)));
  });
  if (!problem) return ok('port', `${config.host}:${config.port} is free`);
  const mend = problem.code === 'EACCES' ? 'ports below 1024 belong to root: choose another PORT and put a proxy in front' : problem.code === 'EADDRNOTAVAIL' ? 'HOST is not an address of this machine; use 0.0.0.0 or 127.0.0.1' : `stop the other program or choose another PORT`;
  return fault('port', `${config.host}:${config.port} cannot be used (${problem.code})`, mend);
};

export const mail = async (config: Config): Promise<Finding> => {
  if (!config.smtp) return skipped('mail', 'no mail server is set; mails wait on the outbox page');
  const transport = createTransport({ url: config.smtp.url, connectionTimeout: 5_000, greetingTimeout: 5_000, socketTimeout: 5_000 });
  try {
    await transport.verify();
    return ok('mail', `${new URL(config.smtp.url).host} answers and takes the login`);
  } catch (error) {
    return fault('mail', `the mail server refuses: ${(error as Error).message}`, 'check SMTP_URL, or SMTP_HOST, SMTP_PORT, SMTP_USER and SMTP_PASSWORD, and that this machine may reach it');
  } finally {
    transport.close();
  }
};

export const address = async (config: Config): Promise<Finding> => {
  const { protocol, hostname } = new URL(config.baseUrl);
  const here = ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
  if (!config.baseUrlGiven) return here ? ok('address', `${config.baseUrl}, this machine only`) : warning('address', `${config.baseUrl} is not encrypted: the network can read along and alter pages`, 'put it behind HTTPS (README) and set BASE_URL');
  const answer = await fetch(`${config.baseUrl}/healthz`, { signal: AbortSignal.timeout(5_000) }).then((response) => response.ok, () => false);
  if (protocol === 'http:' && !here) return warning('address', `BASE_URL ${config.baseUrl} is not encrypted`, 'put it behind HTTPS (README)');
  return answer ? ok('address', `${config.baseUrl} answers`) : warning('address', `${config.baseUrl} does not answer from here`, 'fine while the server is stopped; otherwise check the proxy and its certificate');
};
