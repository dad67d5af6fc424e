import type { Area } from '../domain/areas';
import { wordingWith } from '../domain/wording';
import messages from '../messages/en.json';
import { texts } from '../../../ui/texts';

export { readingOf } from '../domain/wording';
export const t = texts(messages);

export const areaName = (area: Area): string => t(`area.${area}`);

export const { measureName, figure, toldText, changeText, objectiveSentence, movementText } = wordingWith((key, values) => t(key as Parameters<typeof t>[0], values));

export const listed = (words: readonly string[]): string => new Intl.ListFormat('en-GB', { type: 'conjunction' }).format(words);
