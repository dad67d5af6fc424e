import { expect, test } from 'vitest';
import type { Operation } from '../domain/operation';
import type { Entry } from '../repo';
import { entriesIn, newsWord, readWord } from './words';

const SECRET = 'the secret of one Huddle';
const entry = (seq: number, text = 'A thought'): Entry => ({ id: `0${seq}`, seq, at: null, by: { seat: null, role: 'participant', room: 'sales', team: null, key: 'k' }, operation: { kind: 'write', note: 'n', text } });
const finished = (seq: number): Entry => ({ ...entry(seq), operation: { kind: 'finish' } satisfies Operation });

test('a word holds what was saved, for those who know the secret and are at the place before it', () => {
  const word = newsWord(SECRET, [entry(8), entry(9, 'Another')]);
  expect(word).not.toContain('thought');
  const said = readWord(word);
  expect(said?.seq).toBe(9);
  const sealed = said?.sealed ?? '';
  expect(entriesIn(SECRET, sealed, 7)).toEqual([entry(8), entry(9, 'Another')]);
  expect(entriesIn(SECRET, sealed, 8)).toEqual([entry(9, 'Another')]);
  // Something lies between; another Huddle's secret; a word that was changed on the way.
  expect(entriesIn(SECRET, sealed, 6)).toBeNull();
  expect(entriesIn('another secret', sealed, 7)).toBeNull();
  expect(entriesIn(SECRET, `A${sealed.slice(1)}` === sealed ? `B${sealed.slice(1)}` : `A${sealed.slice(1)}`, 7)).toBeNull();
});

test('what is too long for a word, or changes the secret, is only told of; other words are none of these', () => {
  expect(readWord(newsWord(SECRET, [entry(3, 'x'.repeat(7_000))]))).toEqual({ seq: 3, sealed: null });
  expect(newsWord(SECRET, [entry(3, 'ü'.repeat(2_500))]).length).toBeLessThan(7_600);
  expect(readWord(newsWord(SECRET, [entry(3), finished(4)]))).toEqual({ seq: 4, sealed: null });
  expect(['', 'process:4', '~line,line', '#', '!x y'].map(readWord)).toEqual([undefined, undefined, undefined, undefined, undefined]);
});
