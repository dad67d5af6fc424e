import type { Role } from '../../../lib/vocabulary';
import { ROLES } from '../../../lib/vocabulary';
import sentences from '../messages/audit.en.json';

export type AuditAction = keyof typeof sentences;

/** What an event of the trail carries; `wave` is the survey's name, when it is known. */
export type AuditFacts = { action: string; actor: string; subject: string | null; details: Record<string, unknown>; wave: string | null };

/** Words that a sentence needs and a message file holds. */
export type AuditWords = { role(role: Role): string; goneMember: string; someWave: string; moment(at: string): string };

type Values = Record<string, string | number>;

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
const textIn = (details: Record<string, unknown>, key: string): string => (typeof details[key] === 'string' ? details[key] : '');
const numberIn = (details: Record<string, unknown>, key: string): number => (typeof details[key] === 'number' ? details[key] : 0);

const roleIn = (details: unknown, words: AuditWords): string => {
  const role = isRecord(details) ? ROLES.find((each) => each === details['role']) : undefined;
  return role ? words.role(role) : '';
};

const memberChange = (details: Record<string, unknown>, words: AuditWords): Values => {
  const { before, after } = details;
  const was = roleIn(before, words);
  const is = roleIn(after, words);
  if (is && is !== was) return { what: 'role', before: was, after: is };
  if (isRecord(after) && 'personId' in after) return { what: after['personId'] ? 'linked' : 'unlinked' };
  return { what: 'other' };
};

const workspaceChange = (details: Record<string, unknown>): Values => {
  const name = textIn(details, 'name');
  const timeZone = textIn(details, 'timeZone');
  return { name, timeZone, what: name && timeZone ? 'other' : name ? 'name' : 'timeZone' };
};

/** Counts stand as numbers in the details of people's and surveys' acts. */
const COUNTS = ['new', 'changed', 'same', 'merged', 'rejected', 'removed', 'restored', 'kept', 'queued', 'answers'] as const;

/** The sentence's key and what it is filled with, or null for an action that has no sentence. */
export const auditSentence = (facts: AuditFacts, words: AuditWords): { key: AuditAction; values: Values } | null => {
  const { action, details } = facts;
  if (!(action in sentences)) return null;
  const email = textIn(details, 'email');
  const named = facts.wave ?? textIn(details, 'name');
  const values: Values = {
    email, role: roleIn(details, words), name: textIn(details, 'name'), version: textIn(details, 'version'), format: textIn(details, 'format').toUpperCase(), state: textIn(details, 'state'),
    subject: facts.subject ?? words.goneMember, wave: named ? `“${named}”` : words.someWave,
    invited: textIn(details, 'invited'), invitee: textIn(details, 'invited') === textIn(details, 'joined') ? 'yes' : 'no',
    to: textIn(details, 'to') ? words.moment(textIn(details, 'to')) : '',
    self: details['self'] === true ? 'yes' : 'no',
    ...Object.fromEntries(COUNTS.map((key) => [key, numberIn(details, key)])),
    ...(action === 'member.changed' ? memberChange(details, words) : {}),
    ...(action === 'workspace.changed' ? workspaceChange(details) : {}),
  };
  return { key: action as AuditAction, values };
};
