import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import recordMessages from '../features/customers/messages/en.json';
import { RECORDS_CORPUS } from '../features/customers/testing/records-corpus';
import peopleMessages from '../features/people/messages/en.json';
import { CORPUS } from '../features/people/testing/corpus';
import { FileFault } from '../platform/files/limits';
import fileFaults from '../platform/files/file-faults.en.json';
import { faultSentence } from '../platform/files/fault-sentences';

/** Lists of people and exports of records, as texts and as workbooks; what is made of each is shown where it is read (`people/testing`, `customers/testing`, and through uploads). */
const ALL = [...CORPUS.map((file) => ({ ...file, of: 'people' })), ...RECORDS_CORPUS.map((file) => ({ ...file, of: 'records' }))];

const digestOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('base64url');

test('the corpus of hostile files holds at least 150 that differ, each said to be read or to be refused', { timeout: 120_000 }, async () => {
  const digests = new Set<string>();
  for (const { bytes } of ALL) digests.add(digestOf(await bytes()));
  expect(digests.size).toBeGreaterThanOrEqual(150);
  expect(new Set(ALL.map(({ of, name }) => `${of}: ${name}`)).size).toBe(ALL.length);
  const kinds = ALL.map(({ expected }) => ('fault' in expected ? 'refused' : 'mappingFault' in expected ? 'asked about' : 'read'));
  const count = (kind: string) => kinds.filter((each) => each === kind).length;
  expect(count('refused')).toBeGreaterThanOrEqual(50);
  expect(count('read')).toBeGreaterThanOrEqual(130);
  expect(count('asked about')).toBeGreaterThan(0);
});

test('whatever a file of the corpus is refused for is said in words, with what to do', () => {
  const faults = new Set(ALL.flatMap(({ expected }) => ('fault' in expected ? [expected.fault] : [])));
  const sentences: Record<string, string> = fileFaults;
  // Every way of refusing a file is met by one.
  expect(Object.keys(sentences).filter((code) => !code.includes('.')).toSorted()).toEqual([...faults].toSorted());
  for (const code of faults) {
    expect(sentences[code], code).toMatch(/\p{L}.*\.$/u);
    expect(sentences[`${code}.todo`], code).toMatch(/\p{L}.*\.$/u);
    expect(faultSentence(new FileFault(code, '7')), code).toMatch(/\p{L}{2,}/u);
  }
  const [people, records]: [Record<string, string>, Record<string, string>] = [peopleMessages, recordMessages];
  for (const { expected } of CORPUS) if ('mappingFault' in expected) expect(people[`import.fault.${expected.mappingFault}`]).toMatch(/\.$/u);
  for (const { expected } of RECORDS_CORPUS) if ('mappingFault' in expected) expect(records[`mappingFault.${expected.mappingFault}`]).toMatch(/\.$/u);
});
