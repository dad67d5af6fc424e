import { IntlMessageFormat } from 'intl-messageformat';
import type { Locale } from '../../lib/vocabulary';
import de from './messages/mail.de.json';
import en from './messages/mail.en.json';
import es from './messages/mail.es.json';
import fr from './messages/mail.fr.json';
import nl from './messages/mail.nl.json';

const messages: Record<Locale, typeof en> = { en, de, nl, fr, es };
export type LetterKey = keyof typeof en;

/** What letters may say; `link` and `code` are filled in at the moment of sending and never stored. */
export type LetterValues = { workspace: string; minutes: number; closes: string; opens?: string; k: number; address: string; link: string; code: string; /** "no" where leadership is not asked. */ leadership?: 'yes' | 'no'; name?: string; sales?: string; marketing?: string };

const say = (locale: Locale, key: LetterKey, values: Partial<LetterValues>): string => String(new IntlMessageFormat(messages[locale][key], locale, undefined, { ignoreTag: true }).format(values));

export type Letter = { subject: string; body: string };

const paragraphs = (locale: Locale, keys: readonly LetterKey[], values: Partial<LetterValues>): string => keys.map((key) => say(locale, key, values)).join('\n\n');

export const invitationLetter = (locale: Locale, values: LetterValues): Letter => ({
  subject: say(locale, 'invitation.subject', values),
  body: paragraphs(locale, [values.name ? 'invitation.greeting' : 'invitation.greetingPlain', 'invitation.body', 'invitation.anonymity', 'invitation.personal', 'invitation.close'], values),
});

export const reminderLetter = (locale: Locale, values: LetterValues): Letter => ({
  subject: say(locale, 'reminder.subject', values),
  body: paragraphs(locale, [values.name ? 'invitation.greeting' : 'invitation.greetingPlain', 'reminder.body', 'invitation.anonymity'], values),
});

/** Letters to copy, for those who mail by hand: they carry nobody's link. */
export const openLetter = (locale: Locale, kind: 'launch' | 'reminder' | 'thanks', values: Partial<LetterValues>): Letter => {
  if (kind === 'launch') return { subject: say(locale, 'launchLetter.subject', values), body: paragraphs(locale, ['launchLetter.body', 'launchLetter.sign'], values) };
  if (kind === 'thanks') return { subject: say(locale, 'thanks.subject', values), body: say(locale, 'thanks.body', values) };
  return { subject: say(locale, 'reminder.subject', values), body: say(locale, 'reminder.all.body', values) };
};

/** A day and time in the workspace's zone, with the zone's name, as a mail says it. */
export const moment = (at: Date, locale: Locale, timeZone: string): string =>
  new Intl.DateTimeFormat(locale === 'en' ? 'en-GB' : locale, { weekday: 'long', day: 'numeric', month: 'long', hour: '2-digit', minute: '2-digit', timeZone, timeZoneName: 'short' }).format(at);
