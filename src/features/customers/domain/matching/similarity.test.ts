import { describe, expect, it } from 'vitest';
import { fold, withoutDigraphs } from './fold';
import { isFreeMail, isRole, mailboxOf } from './mailbox';
import { closeness, compareGiven, compareSurname, personName } from './names';
import { compareOrganisation, organisationName } from './organisation';
import { jaroWinkler, oneSlipApart, wordOverlap } from './similarity';

describe('comparing texts', () => {
  // The pairs that the method's author and later surveys print.
  it.each([
    ['martha', 'marhta', 0.9611],
    ['dixon', 'dicksonx', 0.8133],
    ['dwayne', 'duane', 0.84],
    ['jones', 'johnson', 0.8324],
    ['abroms', 'abrams', 0.9222],
    ['same', 'same', 1],
    ['abc', 'xyz', 0],
    ['', 'xyz', 0],
  ])('Jaro-Winkler %s %s', (left, right, expected) => {
    expect(jaroWinkler(left, right)).toBeCloseTo(expected, 4);
    expect(jaroWinkler(right, left)).toBeCloseTo(expected, 4);
  });

  it.each([
    ['meier', 'meyer', true],
    ['meier', 'mieer', true],
    ['meier', 'meer', true],
    ['meier', 'meiers', true],
    ['meier', 'maiar', false],
    ['meier', 'me', false],
    ['abcd', 'badc', false],
    ['a', 'b', true],
  ])('one slip between %s and %s: %s', (left, right, expected) => {
    expect(oneSlipApart(left, right)).toBe(expected);
    expect(oneSlipApart(right, left)).toBe(expected);
  });

  it('counts words in common', () => {
    expect(wordOverlap(['nord', 'bau'], ['bau', 'nord'])).toEqual({ share: 1, within: true });
    expect(wordOverlap(['nord'], ['nord', 'bau'])).toEqual({ share: 0.5, within: true });
    expect(wordOverlap(['nord', 'bau'], ['nord', 'bank'])).toEqual({ share: 1 / 3, within: false });
  });

  it.each([
    ['Łukasz Öberg-Søndergård', 'lukasz oberg sondergard'],
    ['  O’Neill  &  Sons ', 'oneill sons'],
    ['ＡＣＭＥ', 'acme'],
    ['Straße', 'strasse'],
    ['Иванов', 'иванов'],
  ])('folds %s', (raw, expected) => expect(fold(raw)).toBe(expected));

  it('never folds another script into Latin', () => expect(fold('Аnna')).not.toBe(fold('Anna')));
  it('meets both spellings of umlauts', () => expect(withoutDigraphs(fold('Müller'))).toBe(withoutDigraphs(fold('Mueller'))));
});

describe('names of people', () => {
  it.each([
    ['Robert', 'Bob', 'variant'],
    ['José', 'Jose', 'same'],
    ['Jürgen', 'Juergen', 'variant'],
    ['Anna Maria', 'Anna', 'variant'],
    ['J.', 'Jane', 'initial'],
    ['Alex', 'Alexandra', 'unsure_short'],
    ['Catherine', 'Cahterine', 'near'],
    ['Daniel', 'Daniela', 'unsure_short'],
    ['Martin', 'Marvin', 'near'],
    ['Peter', 'Paul', 'different'],
    ['Dr. Ada', 'Ada', 'same'],
  ])('given %s, %s: %s', (left, right, expected) => {
    expect(compareGiven(personName(left), personName(right))).toBe(expected);
    expect(compareGiven(personName(right), personName(left))).toBe(expected);
  });

  it.each([
    ['van den Berg', 'Van Den Berg', 'same'],
    ['Sørensen', 'Soerensen', 'variant'],
    ['Meyer-Landrut', 'Landrut', 'part'],
    ['Featherstone', 'Fetherstone', 'near'],
    ['Haselbach jr.', 'Haselbach', 'generation'],
    ['Klein', 'Gross', 'different'],
  ])('surname %s, %s: %s', (left, right, expected) => {
    expect(compareSurname(personName(left), personName(right))).toBe(expected);
    expect(compareSurname(personName(right), personName(left))).toBe(expected);
  });

  it('says "different" only where the exact measure would too', () => {
    const names = ['anna', 'hannah', 'johanna', 'marvin', 'martin', 'christoph', 'christian', 'kowalczyk', 'kovalchik', 'lee', 'leigh', 'szczepanski', 'stefanski', 'de vries', 'devries'];
    for (const left of names) for (const right of names) if (closeness(left, right) === 'different') expect(jaroWinkler(left, right), `${left} ${right}`).toBeLessThan(0.82);
  });
});

describe('names of organisations', () => {
  it.each([
    ['GTXPro', 'GTX Pro', 'variant'],
    ['Acme GmbH', 'ACME', 'same'],
    ['Acme GmbH & Co. KG', 'Acme', 'same'],
    ['Acme GmbH', 'Acme Ltd', 'other_form'],
    ['Acme B.V.', 'Acme BV', 'same'],
    ['Hotel Bel-Air', 'Bel-Air Hotel', 'variant'],
    ['Nord Logistik', 'Nord Logistics', 'near'],
    ['Nord Bau', 'Nord Bank', 'similar'],
    ['Siemens', 'Siemens Healthineers', 'within'],
    ['Süd Chemie', 'Sued-Chemie AG', 'same'],
    ['Orion', 'Vega', 'different'],
    ['The Company', 'The Company', 'same'],
  ])('%s, %s: %s', (left, right, expected) => {
    expect(compareOrganisation(organisationName(left), organisationName(right))).toBe(expected);
    expect(compareOrganisation(organisationName(right), organisationName(left))).toBe(expected);
  });
});

it('takes no name for what every object inherits', () => {
  for (const word of ['Constructor', 'toString', '__proto__', 'hasOwnProperty']) {
    expect(organisationName(`Velox ${word}`).form).toBe('');
    expect(organisationName(`Velox ${word}`).parts.length).toBeGreaterThan(1);
    expect(personName(`Ada ${word}`).generation).toBe('');
    expect(personName(`Ada ${word}`).text.length).toBeGreaterThan(3);
  }
});

describe('mailboxes', () => {
  it.each([
    ['info', true],
    ['info.de', true],
    ['sales-eu', true],
    ['no-reply', true],
    ['ann.info', false],
    ['ann.lee', false],
    ['infantino', false],
  ])('%s is a task: %s', (local, expected) => expect(isRole(local)).toBe(expected));

  it('keeps tags and dots apart where they count', () => {
    const box = (local: string, host: string) => mailboxOf({ local, host, site: host });
    expect(box('ann+fair', 'acme.com')).toBe(box('ann', 'acme.com'));
    expect(box('a.nn', 'gmail.com')).toBe(box('ann', 'googlemail.com'));
    expect(box('a.nn', 'acme.com')).not.toBe(box('ann', 'acme.com'));
  });

  it('knows free mail', () => expect([isFreeMail('gmx.de'), isFreeMail('acme.com')]).toEqual([true, false]));
});
