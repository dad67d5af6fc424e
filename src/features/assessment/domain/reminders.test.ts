import { expect, test } from 'vitest';
import { dueReminders } from './reminders';

const closes = new Date('2027-03-15T16:00:00Z');
const before = (days: number) => new Date(closes.getTime() - days * 86_400_000);

test.each([
  ['too early', [7, 2], [], 8, []],
  ['the first mark', [7, 2], [], 7, [7]],
  ['used already', [7, 2], [7], 6, []],
  ['the second', [7, 2], [7], 1.9, [2]],
  ['both, after a long stop', [7, 2], [], 1, [7, 2]],
  ['the last hour', [7, 2, 0], [], 0.04, []],
  ['after closing', [7], [], -1, []],
  ['none wanted', [], [], 1, []],
])('%s', (_name, marks, used, days, expected) => expect(dueReminders(marks, used, before(14), closes, before(days))).toEqual(expected));

test.each([
  ['launched five days before closing: the mark of seven days is passed over', 5, 5, []],
  ['its mark of two days holds', 5, 2, [2]],
  ['a mark half a day after the opening is passed over', 2.5, 2, []],
  ['not open yet', 3, 6, []],
])('%s', (_name, opened, days, expected) => expect(dueReminders([7, 2], [], before(opened), closes, before(days))).toEqual(expected));
