import { expect, test } from 'vitest';
import { readSearch } from './search';

const whole = {
  layout: 'board', pipeline: '11111111-1111-4111-8111-111111111111', stage: '11111111-1111-4111-8111-111111111112', end: 'won', origin: 'sales', channel: '', owner: 'Kim', search: 'Acme', underWay: 'true',
  enteredFrom: '2026-01-01T00:00:00.000Z', enteredTo: '2026-04-01T00:00:00.000Z', endedFrom: '2026-02-01T00:00:00.000Z', endedTo: '2026-03-01T00:00:00.000Z', reached: 'opportunity', rule: 'sales', territory: 'North', industry: '', medium: 'unknown',
  term: '11111111-1111-4111-8111-111111111113', termVersion: 2, lead: '11111111-1111-4111-8111-111111111114', sort: 'amount', order: 'asc', asOf: '2026-01-31',
};

test('every filter is read back as it was written, blank ones too', () => {
  expect(readSearch(whole)).toEqual(whole);
});

test('what is no filter is left out', () => {
  const read = readSearch({ ...Object.fromEntries(Object.keys(whole).map((key) => [key, { a: 1 }])), enteredFrom: 'yesterday', termVersion: '0', reached: 'nowhere', other: 'x' });
  expect(Object.values(read).every((value) => value === undefined)).toBe(true);
});
