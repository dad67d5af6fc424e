import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import { LOCALES, type Locale } from '../../../../lib/vocabulary';
import type english from '../../messages/answer.en.json';
import { formatIcu, type Values } from '../../../../lib/icu';

export type TextKey = keyof typeof english;
type Texts = Record<TextKey, string>;

const loaders = import.meta.glob<Texts>('../../messages/answer.*.json', { import: 'default' });
const LOCALE_KEY = 'lockstep-answer:locale';
const WAIT_MS = 2_000;

/** Each language calls itself by its own name, so that whoever needs it can find it. */
export const LANGUAGE_NAMES: Record<Locale, string> = { en: 'English', de: 'Deutsch', nl: 'Nederlands', fr: 'Français', es: 'Español' };

export type Speech = { locale: Locale; t: (key: TextKey, values?: Values) => string };

export const SpeechContext = createContext<Speech>({ locale: 'en', t: (key) => key });
export const useSpeech = (): Speech => useContext(SpeechContext);

/** Texts of one language; waits for the connection rather than giving up. */
export const speechIn = async (locale: Locale): Promise<Speech> => {
  for (;;) {
    try {
      const texts = await loaders[`../../messages/answer.${locale}.json`]?.();
      if (!texts) throw new RangeError(`no texts in ${locale}`);
      return { locale, t: (key, values) => formatIcu(texts[key], locale, values) };
    } catch {
      await new Promise((done) => setTimeout(done, WAIT_MS));
    }
  }
};

const isLocale = (tag: string): tag is Locale => LOCALES.some((locale) => locale === tag);

const remembered = (): string | null => {
  try {
    return localStorage.getItem(LOCALE_KEY);
  } catch {
    return null;
  }
};

export const rememberLocale = (locale: Locale): void => {
  try {
    localStorage.setItem(LOCALE_KEY, locale);
  } catch {
    // A browser that keeps nothing asks for the language again; nothing else is lost.
  }
};

/** The language chosen before on this device, else the browser's first that is offered, else the first offered. */
export const preferredLocale = (offered: readonly Locale[] = LOCALES, choosing: readonly string[] = [remembered() ?? '', ...navigator.languages]): Locale => {
  const wanted = choosing.map((tag) => tag.slice(0, 2).toLowerCase()).find((tag) => isLocale(tag) && offered.includes(tag));
  return (wanted as Locale | undefined) ?? offered[0] ?? 'en';
};

/** A day, or a day and time, as people of this language write it where they are. */
export const dayIn = (locale: Locale, instant: string, withTime = false): string =>
  new Intl.DateTimeFormat(navigator.languages.find((tag) => tag.startsWith(locale)) ?? locale, { dateStyle: 'long', ...(withTime && { timeStyle: 'short' }) }).format(new Date(instant));
