import type { Area } from '../domain/areas';
import { wordingWith } from '../domain/wording';
import catalogue from '../messages/catalogue.en.json';
import challenges from '../messages/challenges.en.json';
import messages from '../messages/en.json';
import questions from '../messages/questions.en.json';
import { texts } from '../../../ui/texts';

export { readingOf } from '../domain/wording';
export const t = texts(messages);
export const tc = texts(catalogue);
export const th = texts(challenges);
const tq = texts(questions);

type QuestionKey = Parameters<typeof tq>[0];
export const questionText = (area: Area, question: string): string => tq(`q.${area}.${question}` as QuestionKey);
export const areaName = (area: Area): string => t(`area.${area}`);

export const { measureName, figure, toldText, changeText, objectiveSentence, movementText } = wordingWith((key, values) => t(key as Parameters<typeof t>[0], values));

export const listed = (words: readonly string[]): string => new Intl.ListFormat('en-GB', { type: 'conjunction' }).format(words);
