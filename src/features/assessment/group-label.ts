import { LOCALES, type Locale, type Localized } from '../../lib/vocabulary';
import type { NodePath } from './domain/tree.types';
import de from './messages/group.de.json';
import en from './messages/group.en.json';
import es from './messages/group.es.json';
import fr from './messages/group.fr.json';
import nl from './messages/group.nl.json';

const words: Record<Locale, typeof en> = { en, de, nl, fr, es };

/** A group as respondents read it: "Sales, managers, North + South". */
export const groupLabel = (path: NodePath): Localized => {
  const inWords = (locale: Locale): string => {
    const word = words[locale];
    const levels = path.levels?.map((level) => word[level]).join(' + ');
    const territories = path.territories?.map((territory) => territory || word.noTerritory).join(' + ');
    return [word[path.function], levels, territories].filter((part) => part !== undefined && part !== '').join(', ');
  };
  return { ...Object.fromEntries(LOCALES.map((locale) => [locale, inWords(locale)])), en: inWords('en') };
};
