import { levelNumber } from './levels';
import { isFreeMail, isRole, localLetters, mailboxOf } from './mailbox';
import type { Values } from './values';

/** One address of a record. `shared` is true from the start for a task's address, and later where the data show several people behind one (shared.ts). */
export type ParsedMail = { address: string; mailbox: string; site: string; letters: string; shared: boolean; free: boolean };

const LEVEL = {
  same: levelNumber('email', 'same'), mailbox: levelNumber('email', 'mailbox'), shared: levelNumber('email', 'shared'), local: levelNumber('email', 'local'), company: levelNumber('email', 'company'), different: levelNumber('email', 'different'),
};
/** The front of an address says who it is from so many letters on. */
const LEAST_LETTERS = 5;
const SHARED = 1;
const FREE = 2;

const parse = (text: string): ParsedMail[] =>
  text.split(' ').map((each) => {
    const [local = '', host = '', site = ''] = each.split('@');
    return { address: each.slice(0, local.length + 1 + host.length), mailbox: mailboxOf({ local, host, site }), site, letters: localLetters(local), shared: isRole(local), free: isFreeMail(site) };
  });

/** Different texts as numbers; 0 stands for the empty one. */
const numbering = (): ((text: string) => number) => {
  const known = new Map([['', 0]]);
  return (text) => {
    const found = known.get(text);
    if (found !== undefined) return found;
    known.set(text, known.size);
    return known.size - 1;
  };
};

/** What is compared of all addresses, those of one value one after the other: only whether two are the same, so that numbers do, a tenth of the memory of their texts. */
type Columns = { from: Uint32Array; address: Uint32Array; mailbox: Uint32Array; letters: Uint32Array; site: Uint32Array; flags: Uint8Array };

const columnsOf = (texts: readonly string[]): Columns => {
  const from = new Uint32Array(texts.length + 1);
  texts.forEach((text, id) => void (from[id + 1] = (from[id] as number) + text.split(' ').length));
  const size = from[texts.length] as number;
  const column = () => new Uint32Array(size);
  const columns: Columns = { from, address: column(), mailbox: column(), letters: column(), site: column(), flags: new Uint8Array(size) };
  const [ofMailbox, ofLetters, ofSite] = [numbering(), numbering(), numbering()];
  let at = 0;
  for (const text of texts)
    for (const mail of parse(text)) {
      columns.address[at] = ofMailbox(mail.address);
      columns.mailbox[at] = ofMailbox(mail.mailbox);
      columns.letters[at] = mail.letters.length < LEAST_LETTERS ? 0 : ofLetters(mail.letters);
      columns.site[at] = ofSite(mail.site);
      columns.flags[at] = (mail.shared ? SHARED : 0) | (mail.free ? FREE : 0);
      at += 1;
    }
  return columns;
};

const level = ({ address, mailbox, letters, site, flags }: Columns, left: number, right: number): number => {
  const [mine, theirs] = [flags[left] as number, flags[right] as number];
  if (address[left] === address[right]) return mine & SHARED ? LEVEL.shared : LEVEL.same;
  if (mailbox[left] === mailbox[right]) return mine & SHARED ? LEVEL.shared : LEVEL.mailbox;
  if (((mine | theirs) & SHARED) === 0 && letters[left] !== 0 && letters[left] === letters[right]) return LEVEL.local;
  return site[left] !== 0 && site[left] === site[right] && (mine & FREE) === 0 ? LEVEL.company : LEVEL.different;
};

export const mailValues = (texts: readonly string[]): Values => {
  const columns = columnsOf(texts);
  const { from, flags } = columns;
  return {
    parsed: (id) => parse(texts[id] as string).map((mail, nth): ParsedMail => ({ ...mail, shared: ((flags[(from[id] as number) + nth] as number) & SHARED) !== 0 })),
    compare: (left, right) => {
      let best = LEVEL.different;
      for (let one = from[left] as number; one < (from[left + 1] as number); one += 1)
        for (let other = from[right] as number; other < (from[right + 1] as number); other += 1) best = Math.min(best, level(columns, one, other));
      return best;
    },
    share: (id, nth) => void (flags[(from[id] as number) + nth] = (flags[(from[id] as number) + nth] as number) | SHARED),
  };
};
