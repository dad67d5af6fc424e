import { getCountries, parsePhoneNumberFromString, type CountryCode } from 'libphonenumber-js/max';
import { getDomain } from 'tldts';
import { fold } from './domain/matching/fold';
import { isFreeMail, type MailAddress } from './domain/matching/mailbox';

/** Country names in the languages people export in, to ISO 3166 codes. */
const COUNTRIES: ReadonlyMap<string, CountryCode> = (() => {
  const found = new Map<string, CountryCode>([['usa', 'US'], ['united states of america', 'US'], ['uk', 'GB'], ['great britain', 'GB'], ['england', 'GB'], ['scotland', 'GB'], ['holland', 'NL'], ['czech republic', 'CZ'], ['brd', 'DE']]);
  for (const locale of ['en', 'de', 'nl', 'fr', 'es']) {
    const names = new Intl.DisplayNames([locale], { type: 'region' });
    for (const code of getCountries()) {
      const name = fold(names.of(code) ?? '');
      if (name !== '' && !found.has(name)) found.set(name, code);
      found.set(code.toLowerCase(), code);
    }
  }
  return found;
})();

/** The ISO code of a country by name or code; what is no known country stays as it was written. */
export const countryOf = (text: string): string => COUNTRIES.get(fold(text)) ?? text.trim();

const isCountry = (code: string | undefined): code is CountryCode => code !== undefined && (COUNTRIES.get(code.toLowerCase()) as string | undefined) === code;

/** A line as digits, and whether it is certainly a fixed one. */
export type PhoneLine = { digits: string; fixed: boolean };

/**
 * A telephone number as digits: with country code where it is written or the country is known, else as dialled without leading zeros.
 * Nothing for what is too short to be a line of its own.
 */
export const phoneLine = (text: string, country?: string): PhoneLine | undefined => {
  const bare = text.replace(/(?:ext|x|dw)\.?\s*\d{1,5}\s*$/iu, '').replace(/\(0\)/gu, '').trim();
  if (bare.startsWith('+') || bare.startsWith('00') || isCountry(country)) {
    const written = bare.startsWith('00') ? `+${bare.slice(2)}` : bare;
    const parsed = parsePhoneNumberFromString(written, isCountry(country) ? country : undefined);
    if (parsed?.isPossible()) return { digits: parsed.number.slice(1), fixed: parsed.getType() === 'FIXED_LINE' };
  }
  const digits = bare.replace(/\D/gu, '').replace(/^0+/u, '');
  return digits.length >= 6 ? { digits, fixed: false } : undefined;
};

/** Of hosts met first: most addresses are at few of them, and an export of as many companies as people would fill any room. */
const sites = new Map<string, string>();
const SITES_KEPT = 10_000;

/** The registrable domain of a host, address or link (public suffix list, ICANN part); empty when there is none. */
export const siteOf = (text: string): string => {
  const plain = text.trim().toLowerCase();
  const known = sites.get(plain);
  if (known !== undefined) return known;
  const found = getDomain(plain) ?? '';
  if (sites.size < SITES_KEPT) sites.set(plain, found);
  return found;
};

/** An address in parts; nothing for what is not one. Case folds, another script does not. */
export const mailAddress = (text: string): MailAddress | undefined => {
  const plain = text.replace(/^.*<|>.*$/gu, '').normalize('NFKC').trim().toLowerCase().replace(/^mailto:/u, '');
  const at = plain.lastIndexOf('@');
  if (at < 1 || /[\s@]/u.test(plain.slice(0, at)) || !/^[^\s@]+\.[^\s@]+$/u.test(plain.slice(at + 1))) return undefined;
  const host = plain.slice(at + 1);
  return { local: plain.slice(0, at), host, site: siteOf(host) };
};

/** Several addresses in one cell are set apart by commas, semicolons or spaces. */
export const mailAddresses = (cells: readonly string[]): MailAddress[] => {
  const found = new Map<string, MailAddress>();
  for (const cell of cells)
    for (const each of cell.split(/[;,\s]+/u)) {
      const address = each.includes('@') ? mailAddress(each) : undefined;
      if (address) found.set(`${address.local}@${address.host}`, address);
    }
  return [...found.values()];
};

/** An organisation's site: its link, else the domain of an address there. Free mail says nothing about a company. */
export const organisationSite = (link: string, addresses: readonly MailAddress[]): string => {
  const own = link.trim() === '' ? '' : siteOf(link);
  return own !== '' && !isFreeMail(own) ? own : (addresses.map(({ site }) => site).find((site) => site !== '' && !isFreeMail(site)) ?? '');
};

