import type { RecordData } from './domain/read-row';
import { splitName } from './domain/matching/columns';
import { isFreeMail } from './domain/matching/mailbox';
import type { MatchRecord, RecordKind } from './domain/matching/record';
import { countryOf, mailAddresses, organisationSite, phoneLine, siteOf } from './normalise';

/** A record as it is handed to the matching: its id and what its system says. */
export type StoredRecord = { id: string; data: RecordData };

const text = (data: RecordData, field: keyof RecordData): string => {
  const value = data[field];
  return typeof value === 'string' ? value : '';
};

/** A number at the end, or the beginning, of a street line: "Main Street 5a", "5 Main Street". */
const streetParts = (line: string): { street: string; number: string } => {
  const found = /^(?<street>.*\D)\s(?<number>\d+\s?\p{L}?)$/u.exec(line)?.groups ?? /^(?<number>\d+\p{L}?)\s(?<street>\D.*)$/u.exec(line)?.groups;
  return { street: found?.street?.trim() ?? line, number: found?.number?.trim() ?? '' };
};

/** What of a stored record takes part in matching, brought to one form. */
export const matchRecordOf = ({ id, data }: StoredRecord, kind: RecordKind): MatchRecord => {
  const country = countryOf(text(data, 'country'));
  const emails = mailAddresses([text(data, 'email')]);
  const lines = text(data, 'phone').split(/[;,/]|\s{2,}/u).flatMap((each) => phoneLine(each, country) ?? []);
  const shared = {
    key: id, country, ...streetParts(text(data, 'street')), city: text(data, 'city'), postcode: text(data, 'postcode'),
    phones: lines.filter(({ fixed }) => !fixed).map(({ digits }) => digits), desks: lines.filter(({ fixed }) => fixed).map(({ digits }) => digits),
  };
  if (kind === 'organisation') {
    return {
      ...shared, organisation: text(data, 'company') || text(data, 'name'), site: organisationSite(text(data, 'website'), emails), emails: emails.filter(({ site }) => isFreeMail(site)),
    };
  }
  const [given, surname] = [text(data, 'firstName'), text(data, 'lastName')];
  const name = given === '' && surname === '' ? splitName(text(data, 'name')) : { given, surname };
  // The site is the company's, and says of a person no more than the company does.
  return { ...shared, ...name, organisation: text(data, 'company'), emails, site: text(data, 'website') === '' ? '' : siteOf(text(data, 'website')) };
};
