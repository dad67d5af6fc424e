import { spawnSync } from 'node:child_process';
import { readFileSync, readlinkSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';

/** Whether a process of that id exists, ours or not. */
export const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
};

/**
 * A mark that differs when the id was given to another process since: start time in ticks (Linux) or its text (others).
 * Null when it cannot be read.
 */
export const startMark = (pid: number): string | null => {
  if (process.platform === 'linux') {
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      return fields[0] === 'Z' ? null : `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()}:${fields[19] ?? ''}`;
    } catch {
      return null;
    }
  }
  if (process.platform === 'win32') return 'unknown';
  const { status, stdout } = spawnSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' });
  return status === 0 ? stdout.trim() : null;
};

/** Whether that process is a database server working in that folder. */
export const servesFolder = (pid: number, dir: string): boolean => {
  if (process.platform === 'linux') {
    try {
      return readlinkSync(`/proc/${pid}/cwd`) === dir;
    } catch {
      return false;
    }
  }
  const { stdout } = spawnSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' });
  return (stdout ?? '').includes('postgres') && (stdout ?? '').includes(dir);
};

/** Waits until the process is gone; false after `ms` milliseconds. */
export const goneWithin = async (pid: number, ms: number): Promise<boolean> => {
  for (let waited = 0; waited < ms; waited += 50) {
    if (startMark(pid) === null) return true;
    await pause(50);
  }
  return startMark(pid) === null;
};
