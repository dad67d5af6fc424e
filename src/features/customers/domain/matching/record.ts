import type { MailAddress } from './mailbox';

/**
 * What of a record takes part in matching. Texts are as the system holds them; addresses are split and phone numbers brought to digits
 * (E.164 where the country is known) by whoever reads the record, because the lists for that are not part of this code.
 */
export type MatchRecord = {
  /** Unique within its file or system. */
  key: string;
  given?: string;
  surname?: string;
  organisation?: string;
  emails?: readonly MailAddress[];
  /** Mobiles, and lines of which nobody can tell what they are. */
  phones?: readonly string[];
  /** Fixed lines: they may be everybody's at a company. */
  desks?: readonly string[];
  /** Registrable domain of the organisation's site, or of an address there that is not free mail. */
  site?: string;
  street?: string;
  number?: string;
  place?: string;
  city?: string;
  postcode?: string;
  region?: string;
  country?: string;
  /** Digits only, in any fixed order. */
  birthDate?: string;
  idNumber?: string;
  category?: string;
};

/** People, or organisations: "customer" in both meanings. */
export type RecordKind = 'person' | 'organisation';
