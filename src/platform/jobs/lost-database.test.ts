import { describe, expect, test } from 'vitest';
import { createLog } from '../log/log';
import { onUnhandled } from './lost-database';

const fault = (message: string, code?: string, cause?: Error): Error => Object.assign(new Error(message, { cause }), code ? { code } : {});

describe('a promise that nobody waits for', () => {
  test.each([
    ['a pipe that broke', fault('write EPIPE', 'EPIPE')],
    ['a server that was told to stop', fault('terminating connection due to administrator command', '57P01')],
    ['a server that starts', fault('the database system is starting up', '57P03')],
    ['no connection left', fault('sorry, too many clients already', '53300')],
    ['a statement whose connection ended', fault('Failed query', undefined, fault('Connection terminated unexpectedly'))],
  ])('%s is logged and the server serves on', (_, reason) => {
    const lines: string[] = [];
    onUnhandled(createLog('info', { write: (line: string) => void lines.push(line) }))(reason);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain('it runs again');
  });

  test.each([
    ['a fault of the program', new TypeError('x is not a function')],
    ['a rule of the database', fault('duplicate key value violates unique constraint', '23505')],
    ['something that is no error', 'stop'],
  ])('%s ends the process as ever', (_, reason) => {
    const lines: string[] = [];
    expect(() => onUnhandled(createLog('info', { write: (line: string) => void lines.push(line) }))(reason)).toThrow();
    expect(lines).toEqual([]);
  });
});
