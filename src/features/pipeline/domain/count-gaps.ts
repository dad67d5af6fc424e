import { hasSign, type CountGroup, type CountRow, type CountRule, type Sign } from './reconcile';

/** What the data has to hold for a row to be told. */
export const MISSING = ['passing_date', 'match', 'owner', 'return', 'contact'] as const;
export type Missing = (typeof MISSING)[number];

/** The column of an export that would tell it; headings as the systems write them. */
export type ExportColumn = { system: 'HubSpot' | 'Salesforce' | 'Marketo'; heading: string };

export const COLUMNS: Readonly<Record<Missing, readonly ExportColumn[]>> = {
  passing_date: [
    { system: 'HubSpot', heading: 'Date entered "Marketing Qualified Lead (Lifecycle Stage Pipeline)"' },
    { system: 'Salesforce', heading: 'Qualified Date' },
    { system: 'Marketo', heading: 'MQL Date' },
  ],
  match: [{ system: 'HubSpot', heading: 'Email' }, { system: 'Salesforce', heading: 'Email' }, { system: 'Marketo', heading: 'email' }],
  owner: [{ system: 'HubSpot', heading: 'Contact owner' }, { system: 'Salesforce', heading: 'OwnerId' }],
  return: [{ system: 'HubSpot', heading: 'Lead Status' }, { system: 'Salesforce', heading: 'Status' }],
  contact: [{ system: 'HubSpot', heading: 'Date of first engagement' }, { system: 'Salesforce', heading: 'LastActivityDate' }],
};

export type CountGap = { missing: Missing; rows: (CountRow | 'passed')[] };

/**
 * Which rows cannot be told from this data, and why.
 * @param marked whether any record of marketing's has a date of being qualified or passed on
 */
export const gapsOf = (groups: readonly CountGroup[], rule: CountRule, marked: boolean): CountGap[] => {
  const any = (...signs: Sign[]): boolean => groups.some(({ code, leads }) => leads > 0 && signs.every((sign) => hasSign(code, sign)));
  const gaps: CountGap[] = [];
  if (!any('marketing') || !any('sales')) return gaps;
  if (!marked && rule.passedOn !== 'entered') gaps.push({ missing: 'passing_date', rows: ['passed', 'not_due', 'past_due'] });
  if (!any('marketing', 'sales')) gaps.push({ missing: 'match', rows: ['never_arrived', 'own_find'] });
  if (!any('owned')) gaps.push({ missing: 'owner', rows: ['no_owner'] });
  if (!any('returned') && !any('closed')) gaps.push({ missing: 'return', rows: ['returned'] });
  if ((rule.worked === 'contacted' || rule.worked === 'kept') && !any('contacted')) gaps.push({ missing: 'contact', rows: ['past_due', 'worked'] });
  return gaps;
};
