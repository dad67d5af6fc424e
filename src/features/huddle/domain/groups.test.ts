import { expect, test } from 'vitest';
import { seeded } from '../../../lib/seeded';
import { apply } from './apply';
import { template } from './agenda';
import { grouped } from './groups';
import type { Operation } from './operation';
import { everything } from './shelf';
import { beginning, type State } from './state';

const IDS = ['a', 'b', 'c', 'd', 'e', 'f'];
const by = { seat: null, role: 'participant' as const, room: null, team: null, key: 'key' };
const after = (state: State, ...operations: Operation[]): State => operations.reduce((now, operation) => apply(now, { seq: now.seq + 1, at: 0, by, operation }).state, state);
const fresh = (): State => { let at = 0; return after(beginning({ name: 'Huddle', code: 'CODE', rehearsal: false, anonymity: 'nobody', steps: template(() => `step-${(at += 1)}`), startsAt: null }), ...IDS.map((note): Operation => ({ kind: 'note', note, step: 'step-10', channel: 'disconnect', text: note, about: null, late: false }))); };
const put = (note: string, onto: string | null): Operation => ({ kind: 'group', note, with: onto });
/** Groups as the pages show them: "a b" is a with b under it. */
const shown = (state: State): string[] => grouped(everything(state.notes).toSorted((a, b) => a.seq - b.seq)).map(({ head, under }) => [head, ...under].map(({ id }) => id).join(' '));

test('two groups that are put together show every note, and come apart again as they were', () => {
  const two = after(fresh(), put('b', 'a'), put('d', 'c'));
  expect(shown(two)).toEqual(['a b', 'c d', 'e', 'f']);
  const one = after(two, put('a', 'c'));
  expect(shown(one)).toEqual(['c a b d', 'e', 'f']);
  expect(shown(after(one, put('a', null)))).toEqual(['a b', 'c d', 'e', 'f']);
  // Put onto any note of a group is put into the group.
  expect(shown(after(two, put('a', 'd')))).toEqual(['c a b d', 'e', 'f']);
  expect(shown(after(one, put('e', 'b')))).toEqual(['c a b d e', 'f']);
  expect(shown(after(one, put('b', null)))).toEqual(['b', 'c a d', 'e', 'f']);
});

test('put onto what lies under it a head stays where it is', () => {
  const one = after(fresh(), put('b', 'a'), put('c', 'b'));
  expect(shown(after(one, put('a', 'c')))).toEqual(['a b c', 'd', 'e', 'f']);
  expect(shown(after(one, put('a', 'a')))).toEqual(['a b c', 'd', 'e', 'f']);
});

test('a note whose head is not in sight stands for itself', () => {
  const notes = [{ id: 'a', group: 'a' }, { id: 'b', group: 'a' }, { id: 'c', group: 'gone' }, { id: 'd', group: null }];
  expect(grouped(notes).map(({ head, under }) => [head.id, under.map(({ id }) => id)])).toEqual([['a', ['b']], ['c', []], ['d', []]]);
});

test('however notes are put together and parted, each is shown once', () => {
  for (const seed of [1, 2, 3, 4]) {
    const random = seeded(seed);
    const any = () => IDS[Math.floor(random() * IDS.length)] as string;
    let state = fresh();
    for (let round = 0; round < 300; round += 1) {
      state = after(state, put(any(), random() < 0.8 ? any() : null));
      expect(shown(state).flatMap((group) => group.split(' ')).toSorted()).toEqual(IDS);
    }
  }
});
