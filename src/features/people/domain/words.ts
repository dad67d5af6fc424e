import { FUNCTIONS, LEVELS, type FunctionName, type Level } from '../../../lib/vocabulary';
import { plain } from '../../../lib/plain';
import words from './value-words.json';

const lookup = <T extends string>(entries: Readonly<Record<T, readonly string[]>>, kinds: readonly T[]): ReadonlyMap<string, T> => {
  const map = new Map<string, T>();
  for (const kind of kinds) for (const word of entries[kind]) map.set(plain(word) || word, kind);
  return map;
};

const functions = lookup<FunctionName>(words.function, FUNCTIONS);
const levels = lookup<Level>(words.level, LEVELS);
const answers = lookup<'yes' | 'no'>(words.yesNo, ['yes', 'no']);

const wordKey = (text: string): string => plain(text) || text.trim();

/** The function a word names in five languages; whole words only, since "marketing assistant" in a title proves no activity. */
export const readFunction = (text: string): FunctionName | undefined => functions.get(wordKey(text));

export const readLevel = (text: string): Level | undefined => levels.get(wordKey(text));

export const readYesNo = (text: string): boolean | undefined => {
  const answer = answers.get(wordKey(text));
  return answer === undefined ? undefined : answer === 'yes';
};
