import lists from './mailboxes.json';

/** An address in parts. `site` is the registrable domain of `host` (public suffix list), worked out where the list may be used. */
export type MailAddress = { local: string; host: string; site: string };

const ROLES = new Set(lists.role);
const FREE = new Set(lists.free);

/** Providers that take `a.b` and `ab` for one mailbox. */
const DOTLESS = new Set(['gmail.com', 'googlemail.com']);

/** Whether anybody can have an address there, so that sharing it says nothing about a company. */
export const isFreeMail = (site: string): boolean => FREE.has(site);

/** The part in front of a tag: `ann` of `ann+events`. */
const untagged = (local: string): string => {
  const at = local.indexOf('+');
  return at > 0 ? local.slice(0, at) : local;
};

/** Whether the address names a task and not a person: info@, sales@, no-reply@, info.de@. */
export const isRole = (local: string): boolean => {
  const plain = untagged(local);
  return ROLES.has(plain) || (plain.split(/[._-]/u).some((part) => ROLES.has(part)) && plain.split(/[._-]/u).every((part) => ROLES.has(part) || /^(?:[a-z]{2}|\d+)$/u.test(part)));
};

/** The mailbox behind the address: without tag, and without dots where the provider ignores them. What people typed stays apart. */
export const mailboxOf = ({ local, host, site }: MailAddress): string => {
  const plain = untagged(local);
  return DOTLESS.has(site) ? `${plain.replaceAll('.', '')}@gmail.com` : `${plain}@${host}`;
};

/** The letters of the part before the @, for seeing the same person at another address. */
export const localLetters = (local: string): string => untagged(local).replace(/[^\p{L}\p{N}]/gu, '');
