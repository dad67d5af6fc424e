import { describe, expect, it } from 'vitest';
import { findColumns, splitName } from './domain/matching/columns';
import { readRecords, recordsFor, settingOf } from './match-records';
import { countryOf, mailAddresses, organisationSite, phoneLine, siteOf } from './normalise';
import type { Table } from '../../lib/table';

const table = (headings: string[], ...rows: string[][]): Table => ({ headings, rows: rows.map((cells, at) => ({ line: at + 2, cells })), problems: [], source: { kind: 'csv', encoding: 'utf-8', delimiter: ',' } });

describe('columns', () => {
  it.each([
    [['Record ID', 'First Name', 'Last Name', 'Email', 'Phone Number', 'Associated Company'], ['id', 'given', 'surname', 'email', 'phone', 'organisation']],
    [['Id', 'FirstName', 'LastName', 'Company', 'MobilePhone', 'Status'], ['id', 'given', 'surname', 'organisation', 'phone', undefined]],
    [['property_firstname', 'property_lastname', 'property_company'], ['given', 'surname', 'organisation']],
    [['rec_id', 'given_name', 'surname', 'street_number', 'address_1', 'address_2', 'suburb', 'postcode', 'state', 'date_of_birth', 'soc_sec_id'], ['id', 'given', 'surname', 'number', 'street', 'place', 'city', 'postcode', 'region', 'birthDate', 'idNumber']],
    [['Company name', 'Company Domain Name', 'Industry'], ['organisation', 'site', 'category']],
    [['Vorname', 'Nachname', 'Firma', 'PLZ', 'Ort', 'Straße'], ['given', 'surname', 'organisation', 'postcode', 'city', 'street']],
    [['constructor', '__proto__', 'toString'], [undefined, undefined, undefined]],
  ])('%j', (headings, roles) => expect(findColumns(headings, headings.map((heading) => (heading === 'Email' ? ['a@b.example'] : [])) ).roles).toEqual(roles));

  it('are told by what they hold when headings say nothing', () => {
    expect(findColumns(['x', 'y', 'z', 'w'], [['a@b.example', ''], ['+49 30 123456', '(030) 99887'], ['https://a.example', 'www.b.example'], ['12', '14']]).roles).toEqual(['email', 'phone', 'site', undefined]);
  });

  it('take a mail column without addresses for no address', () => expect(findColumns(['Email'], [['yes', 'no']]).roles).toEqual([undefined]));

  it.each([
    ['Ada Lovelace', 'Ada', 'Lovelace'],
    ['Lovelace, Ada', 'Ada', 'Lovelace'],
    ['Vincent van Gogh', 'Vincent', 'van Gogh'],
    ['Ada Mary King', 'Ada Mary', 'King'],
    ['Henry Ford Jr.', 'Henry', 'Ford Jr.'],
    ['Madonna', '', 'Madonna'],
  ])('split %s', (whole, given, surname) => expect(splitName(whole)).toEqual({ given, surname }));
});

describe('values', () => {
  it.each([
    ['+49 (0)171 9998877', undefined, { digits: '491719998877', fixed: false }],
    ['0049 30 8877660', undefined, { digits: '49308877660', fixed: true }],
    ['030 8877660', 'DE', { digits: '49308877660', fixed: true }],
    ['310/246-1501', undefined, { digits: '3102461501', fixed: false }],
    ['030 8877660 ext. 12', 'DE', { digits: '49308877660', fixed: true }],
    ['12', undefined, undefined],
    ['none', 'DE', undefined],
  ])('telephone %s in %s', (text, country, expected) => expect(phoneLine(text, country)).toEqual(expected));

  it.each([['Germany', 'DE'], ['Deutschland', 'DE'], ['Pays-Bas', 'NL'], ['USA', 'US'], ['de', 'DE'], ['Atlantis', 'Atlantis']])('country %s', (text, code) => expect(countryOf(text)).toBe(code));

  it('addresses', () => {
    expect(mailAddresses(['Ann Lee <Ann.Lee+X@Mail.Velox.co.uk>; bob@velox.example', 'not an address', 'bob@velox.example'])).toEqual([
      { local: 'ann.lee+x', host: 'mail.velox.co.uk', site: 'velox.co.uk' },
      { local: 'bob', host: 'velox.example', site: 'velox.example' },
    ]);
  });

  it('sites', () => {
    expect([siteOf('https://www.velox.co.uk/about'), siteOf('velox'), siteOf('')]).toEqual(['velox.co.uk', '', '']);
    expect(organisationSite('', mailAddresses(['a@gmx.de', 'b@velox.de']))).toBe('velox.de');
  });
});

describe('records', () => {
  it('take an id column only if it names every row differently', () => {
    const keys = (...ids: string[]) => readRecords(table(['id', 'name'], ...ids.map((id) => [id, 'Velox']))).records.map(({ key }) => key);
    expect([keys('7', '8'), keys('7', '7'), keys('7', '')]).toEqual([['7', '8'], ['2', '3'], ['2', '3']]);
  });

  it.each([
    ['day first, told by one row', ['31.12.1980', '01.02.1980'], ['19801231', '19800201']],
    ['month first, told by one row', ['12/31/1980', '01/02/1980'], ['19801231', '19800102']],
    ['ISO', ['1980-12-31'], ['19801231']],
    ['digits', ['19801231'], ['19801231']],
  ])('read dates of birth: %s', (_, cells, expected) => expect(readRecords(table(['surname', 'dob'], ...cells.map((cell) => ['Lee', cell]))).records.map(({ birthDate }) => birthDate)).toEqual(expected));

  it.each([
    ['people at companies', table(['first name', 'last name', 'email'], ['Ann', 'Lee', 'a@b.example']), { kind: 'person', business: true }],
    ['private persons', table(['first name', 'last name', 'street'], ['Ann', 'Lee', 'Main st 1']), { kind: 'person', business: false }],
    ['companies', table(['name', 'website'], ['Velox', 'velox.example']), { kind: 'organisation', business: true }],
    ['companies by their forms', table(['company', 'city'], ['Velox GmbH', 'Berlin']), { kind: 'organisation', business: true }],
    ['places', table(['name', 'addr', 'city'], ['Art’s Deli', 'Main st 1', 'Perth']), { kind: 'organisation', business: false }],
  ])('are known as %s', (_, read, setting) => expect(settingOf([readRecords(read)])).toEqual(setting));

  it('count an organisation’s address as its site, once', () => {
    const file = readRecords(table(['company', 'email'], ['Velox', 'info@velox.de'], ['Karst', 'karst@gmx.de']));
    const records = recordsFor(settingOf([file]), file);
    expect(records.map(({ site, emails }) => [site, emails?.length])).toEqual([['velox.de', 0], ['', 1]]);
  });
});
