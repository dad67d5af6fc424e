import { IntlMessageFormat } from 'intl-messageformat';
import { inLocale, type Locale, type Localized } from '../../../lib/vocabulary';
import exportDe from '../messages/export.de.json';
import exportEn from '../messages/export.en.json';
import exportEs from '../messages/export.es.json';
import exportFr from '../messages/export.fr.json';
import exportNl from '../messages/export.nl.json';
import mailEn from '../messages/mail.en.json';
import mailDe from '../messages/mail.de.json';
import mailNl from '../messages/mail.nl.json';
import mailFr from '../messages/mail.fr.json';
import mailEs from '../messages/mail.es.json';
import reportDe from '../messages/report.de.json';
import reportEn from '../messages/report.en.json';
import reportEs from '../messages/report.es.json';
import reportFr from '../messages/report.fr.json';
import reportNl from '../messages/report.nl.json';

export type ReportKey = keyof typeof reportEn | keyof typeof exportEn | keyof typeof mailEn;
type Messages = Partial<Record<ReportKey, string>>;

const messages: Record<Locale, Messages> = {
  en: { ...reportEn, ...exportEn, ...mailEn },
  de: { ...reportDe, ...exportDe, ...mailDe },
  nl: { ...reportNl, ...exportNl, ...mailNl },
  fr: { ...reportFr, ...exportFr, ...mailFr },
  es: { ...reportEs, ...exportEs, ...mailEs },
};

/** Words, figures and dates of a report in one language. */
export type Texts = {
  locale: Locale;
  t: (key: ReportKey, values?: Record<string, string | number>) => string;
  /** A text of the instrument in this language. */
  of: (text: Localized) => string;
  /** One decimal, always: more would let single answers be worked out. */
  score: (value: number) => string;
  /** One decimal with its sign. */
  signed: (value: number) => string;
  whole: (value: number) => string;
  /** A share between 0 and 1 in whole per cent. */
  share: (value: number) => string;
  date: (iso: string) => string;
};

const make = (locale: Locale): Texts => {
  const formats = new Map<ReportKey, IntlMessageFormat>();
  const oneDecimal = new Intl.NumberFormat(locale, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
  const withSign = new Intl.NumberFormat(locale, { minimumFractionDigits: 1, maximumFractionDigits: 1, signDisplay: 'exceptZero' });
  const whole = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 });
  const share = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 });
  const date = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' });
  const format = (key: ReportKey): IntlMessageFormat => {
    const known = formats.get(key);
    if (known) return known;
    const made = new IntlMessageFormat(messages[locale][key] ?? messages.en[key] ?? key, locale, undefined, { ignoreTag: true });
    formats.set(key, made);
    return made;
  };
  return {
    locale,
    t: (key, values) => String(format(key).format(values)),
    of: (text) => inLocale(text, locale),
    score: (value) => oneDecimal.format(value),
    signed: (value) => withSign.format(value),
    whole: (value) => whole.format(value),
    share: (value) => share.format(value),
    date: (iso) => date.format(new Date(iso)),
  };
};

const made = new Map<Locale, Texts>();

/** Texts of a language, compiled once. */
export const textsIn = (locale: Locale): Texts => {
  const known = made.get(locale);
  if (known) return known;
  const texts = make(locale);
  made.set(locale, texts);
  return texts;
};
