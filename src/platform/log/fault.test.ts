import { DrizzleQueryError } from 'drizzle-orm/errors';
import pg from 'pg';
import { describe, expect, test } from 'vitest';
import { describeFault, faultKind } from './fault';

const refused = Object.assign(new pg.DatabaseError('invalid input syntax for type uuid: "my answer"', 10, 'error'), { code: '22P02', severity: 'ERROR' });

describe('a failure in the log', () => {
  test('of a statement names its kind, never what was being saved', () => {
    const wrapped = new DrizzleQueryError('insert into ballot_box values ($1)', ['my answer'], refused);
    for (const error of [wrapped, refused]) {
      const told = describeFault(error);
      expect(told.fault).toContain('22P02');
      expect(JSON.stringify(told)).not.toMatch(/my answer|ballot_box/);
      expect(told.stack).toMatch(/fault\.test/);
    }
    expect(faultKind(wrapped)).toContain('22P02');
  });

  test('of anything else keeps its message', () => {
    expect(describeFault(new Error('the disk is full')).fault).toBe('the disk is full');
    expect(describeFault('text')).toEqual({ fault: 'unknown' });
  });
});
