import { seeded } from '../../../../lib/seeded';
import type { MailAddress } from './mailbox';
import type { MatchRecord } from './record';

/** Two systems' lists of the same invented world, and which records are truly one customer ("a key|b key"). */
export type Generated = { marketing: MatchRecord[]; crm: MatchRecord[]; truth: Set<string> };

const GIVEN = ['Robert', 'William', 'Elizabeth', 'Margaret', 'Thomas', 'Michael', 'Anna', 'José', 'François', 'Jürgen', 'Søren', 'Katarzyna', 'Pieter', 'Johannes', 'Maria', 'Marie', 'Daniel', 'Daniela', 'Christian', 'Christina', 'Christoph', 'Alexander', 'Alexandra', 'Andrea', 'Andreas', 'Sofia', 'Lukas', 'Emma', 'Hannah', 'Jean', 'Peter', 'Sabine', 'Ulrich', 'Renée', 'Zoë', 'Mikael', 'Patricia', 'Patrick', 'Samuel', 'Samantha', 'Nicholas', 'Nicole', 'Stephen', 'Stephanie', 'Ingrid', 'Walter', 'Friedrich', 'Charlotte', 'Benjamin', 'Katherine', 'Joseph', 'Eva', 'Martin', 'Marvin', 'Julia', 'Julian', 'Lars', 'Olga', 'Tim', 'Victoria'];
const SHORT: Readonly<Record<string, string>> = { Robert: 'Bob', William: 'Bill', Elizabeth: 'Liz', Margaret: 'Peggy', Thomas: 'Tom', Michael: 'Mike', Daniel: 'Dan', Nicholas: 'Nick', Stephen: 'Steve', Katherine: 'Kate', Joseph: 'Joe', Friedrich: 'Fritz', Johannes: 'Hans', Benjamin: 'Ben', Patricia: 'Trish', Victoria: 'Vicky', Ulrich: 'Uli', Pieter: 'Piet', Peter: 'Pete' };
const SURNAME = ['Müller', 'Schmidt', 'Schneider', 'Fischer', 'Weber', 'Meyer', 'Wagner', 'Becker', 'Schulz', 'Hoffmann', 'Koch', 'Bauer', 'Richter', 'Klein', 'Wolf', 'Schröder', 'Neumann', 'Schwarz', 'Zimmermann', 'Braun', 'Krüger', 'Hartmann', 'Lange', 'Werner', 'Krause', 'Lehmann', 'Köhler', 'Maier', 'Jansen', 'de Vries', 'van den Berg', 'Bakker', 'Visser', 'Smit', 'Meijer', 'Mulder', 'Dupont', 'Lefèvre', 'Moreau', 'Girard', 'Núñez', 'García', 'López', 'Muñoz', 'Rossi', 'Ferrari', 'Esposito', 'Smith', 'Jones', 'Taylor', 'Brown', 'Wilson', 'Johnson', 'Davies', 'Evans', 'Walker', 'Wright', 'Hughes', 'Sørensen', 'Jørgensen', 'Nowak', 'Kowalczyk', 'Novák', 'Horváth', 'Larsson', 'Lindqvist', 'Öberg', 'Castellanos', 'Thistlewood', 'Featherstone', 'Abernathy', 'Quackenbush', 'Vandermeulen', 'Szczepański'];
const FIRST = ['Nord', 'Süd', 'Alpen', 'Rhein', 'Hansa', 'Delta', 'Atlas', 'Orion', 'Vega', 'Kron', 'Lumen', 'Ferro', 'Aqua', 'Terra', 'Nova', 'Quanta', 'Sigma', 'Zenit', 'Argo', 'Boreal', 'Cobalt', 'Dyna', 'Ecto', 'Fabri', 'Gala', 'Helio', 'Indra', 'Juno', 'Kappa', 'Lyra'];
const SECOND = ['Logistik', 'Pumpen', 'Chemie', 'Robotics', 'Textil', 'Foods', 'Medical', 'Werkzeug', 'Energie', 'Papier', 'Glas', 'Kabel', 'Optik', 'Marine', 'Stahl', 'Software', 'Packaging', 'Sensors', 'Motoren', 'Bau'];
const FORM = ['GmbH', 'AG', 'Ltd', 'BV', 'SA', 'Inc'];
const UNIT = ['Services', 'Deutschland', 'France', 'Capital', 'Digital'];
const FREE = ['gmail.com', 'gmx.de', 'yahoo.com', 'outlook.com'];
const CITY = ['Berlin', 'Hamburg', 'München', 'Köln', 'Rotterdam', 'Utrecht', 'Lyon', 'Paris', 'Madrid', 'Leeds', 'Milano', 'Aarhus'];

const ascii = (text: string): string =>
  text.replace(/ü/gu, 'ue').replace(/ö/gu, 'oe').replace(/ä/gu, 'ae').replace(/ø/gu, 'oe').normalize('NFD').replace(/\p{M}/gu, '').replace(/ł/gu, 'l').toLowerCase().replace(/[^a-z]/gu, '');
const plain = (text: string): string => text.replace(/ø/gu, 'o').normalize('NFD').replace(/\p{M}/gu, '');

export const mail = (address: string): MailAddress => {
  const [local = '', host = ''] = address.split('@');
  return { local, host, site: host.split('.').slice(-2).join('.') };
};

type Company = { name: string; form: string; domain: string; city: string; trunk: string; group?: string };
type Person = { id: number; given: string; surname: string; company: Company; email: string; mobile: string; role?: boolean };

type Draw = { rng: () => number; pick: <T>(list: readonly T[]) => T; chance: (share: number) => boolean; digits: (count: number) => string };

const drawing = (seed: number): Draw => {
  const rng = seeded(seed);
  return {
    rng,
    pick: (list) => list[Math.floor(rng() * list.length)] as (typeof list)[number],
    chance: (share) => rng() < share,
    digits: (count) => Array.from({ length: count }, () => Math.floor(rng() * 10)).join(''),
  };
};

const slip = (text: string, { rng }: Draw): string => {
  const at = 1 + Math.floor(rng() * Math.max(1, text.length - 2));
  const kind = Math.floor(rng() * 4);
  if (kind === 0) return text.slice(0, at) + text.slice(at + 1);
  if (kind === 1) return text.slice(0, at) + String.fromCharCode(97 + Math.floor(rng() * 26)) + text.slice(at + 1);
  if (kind === 2) return text.slice(0, at) + (text[at] ?? '') + text.slice(at);
  return text.slice(0, at) + (text[at + 1] ?? '') + (text[at] ?? '') + text.slice(at + 2);
};

const companies = (count: number, draw: Draw): Company[] => {
  const found: Company[] = [];
  const names = new Set<string>();
  while (found.length < count) {
    const name = `${draw.pick(FIRST)}${draw.chance(0.3) ? '' : ' '}${draw.pick(SECOND)}${draw.chance(0.4) ? ` ${draw.pick(SURNAME)}` : ''}`;
    const short = ascii(name);
    if (names.has(short)) continue;
    names.add(short);
    const company = { name, form: draw.pick(FORM), domain: `${short}.${draw.pick(['com', 'de', 'nl', 'eu'])}`, city: draw.pick(CITY), trunk: `49${draw.digits(7)}` };
    found.push(company);
    // A daughter in the same group: own name, the group's domain and switchboard.
    if (draw.chance(0.1)) found.push({ ...company, name: `${name} ${draw.pick(UNIT)}`, city: draw.pick(CITY), group: name });
  }
  return found.slice(0, count);
};

const people = (count: number, firms: readonly Company[], draw: Draw): Person[] => {
  const taken = new Map<string, number>();
  const address = (given: string, surname: string, company: Company): string => {
    const base = given === '' ? ascii(surname) : draw.chance(0.8) ? `${ascii(given)}.${ascii(surname)}` : `${ascii(given).slice(0, 1)}${ascii(surname)}`;
    const seen = (taken.get(`${base}@${company.domain}`) ?? 0) + 1;
    taken.set(`${base}@${company.domain}`, seen);
    return `${base}${seen > 1 ? String(seen) : ''}@${company.domain}`;
  };
  return Array.from({ length: count }, (_, id): Person => {
    const [given, surname, company] = [draw.pick(GIVEN), draw.pick(SURNAME), draw.pick(firms)];
    return { id, given, surname, company, email: address(given, surname, company), mobile: `4917${draw.digits(8)}` };
  }).flatMap((person, id, all): Person[] => {
    // Every thirtieth has a namesake at the same company, a relative there, or a partner who uses the same task's mailbox.
    if (id % 30 === 7) return [person, { ...person, id: all.length + id, email: address(person.given, person.surname, person.company), mobile: `4917${draw.digits(8)}` }];
    if (id % 30 === 13) return [person, { ...person, id: all.length + id, given: draw.pick(GIVEN.filter((name) => name !== person.given)), email: address('', person.surname, person.company), mobile: `4917${draw.digits(8)}` }];
    if (id % 30 === 19) {
      const email = `info@${person.company.domain}`;
      return [{ ...person, email, role: true }, { ...person, role: true, email, id: all.length + id, given: draw.pick(GIVEN.filter((name) => name !== person.given)), surname: draw.pick(SURNAME), mobile: `4917${draw.digits(8)}` }];
    }
    return [person];
  });
};

/** A record's telephone, if it has one: the company's switchboard or the person's mobile. */
const lines = (has: boolean, desk: boolean, company: Company, mobile: string): Pick<MatchRecord, 'phones' | 'desks'> => ({
  phones: has && !desk ? [mobile] : [],
  desks: has && desk ? [`${company.trunk}0`] : [],
});

const asMarketing = (person: Person, draw: Draw): MatchRecord => ({
  key: `m${person.id}`,
  given: draw.chance(0.04) ? '' : draw.chance(0.05) ? `${person.given.slice(0, 1)}.` : person.given,
  surname: person.surname,
  organisation: draw.chance(0.15) ? '' : person.company.name,
  emails: [mail(!person.role && draw.chance(0.06) ? `${ascii(person.given)}.${ascii(person.surname)}${person.id}@${draw.pick(FREE)}` : person.email)],
  ...lines(draw.chance(0.4), draw.chance(0.3), person.company, person.mobile),
  city: draw.chance(0.3) ? person.company.city : '',
});

const asCrm = (person: Person, firms: readonly Company[], draw: Draw): MatchRecord => {
  const moved = !person.role && draw.chance(0.04);
  const company = moved ? draw.pick(firms) : person.company;
  const changed = draw.chance(0.04);
  const email = moved ? `${ascii(person.given)}.${ascii(person.surname)}.${person.id}@${company.domain}` : changed && !person.role ? `${ascii(person.surname)}${person.id}@${company.domain}` : person.email;
  const given = draw.chance(0.2) ? (SHORT[person.given] ?? person.given) : person.given;
  return {
    key: `c${person.id}`,
    given: draw.chance(0.15) ? plain(given) : draw.chance(0.04) ? slip(given, draw) : given,
    surname: draw.chance(0.3) ? plain(person.surname) : draw.chance(0.06) ? slip(person.surname, draw) : person.surname,
    organisation: draw.chance(0.6) ? `${company.name} ${company.form}` : draw.chance(0.1) ? slip(company.name, draw) : company.name,
    emails: draw.chance(0.12) ? [] : [mail(draw.chance(0.02) ? slip(email, draw) : email)],
    ...lines(draw.chance(0.7), draw.chance(0.3), company, draw.chance(0.1) ? person.mobile.slice(2) : person.mobile),
    city: draw.chance(0.8) ? company.city : '',
  };
};

/** People at companies as marketing and sales hold them: seven in ten known to both, the rest to one side only. */
export const generatedContacts = (size: number, seed: number): Generated => {
  const draw = drawing(seed);
  const firms = companies(Math.ceil(size / 4), draw);
  const all = people(Math.ceil(size * 1.15), firms, draw);
  const generated: Generated = { marketing: [], crm: [], truth: new Set() };
  for (const person of all) {
    const side = draw.rng();
    if (side < 0.85) generated.marketing.push(asMarketing(person, draw));
    if (side >= 0.15) generated.crm.push(asCrm(person, firms, draw));
    if (side >= 0.15 && side < 0.85) generated.truth.add(`m${person.id}|c${person.id}`);
  }
  return generated;
};

/** Companies as both systems hold them, with daughters under the group's domain and switchboard. */
export const generatedAccounts = (size: number, seed: number): Generated => {
  const draw = drawing(seed);
  const generated: Generated = { marketing: [], crm: [], truth: new Set() };
  companies(Math.ceil(size * 1.15), draw).forEach((company, id) => {
    const side = draw.rng();
    const base = { desks: draw.chance(0.5) ? [`${company.trunk}0`] : [], city: draw.chance(0.8) ? company.city : '' };
    if (side < 0.85) generated.marketing.push({ key: `m${id}`, organisation: draw.chance(0.1) ? slip(company.name, draw) : company.name, site: draw.chance(0.9) ? company.domain : '', ...base });
    if (side >= 0.15) generated.crm.push({ key: `c${id}`, organisation: `${draw.chance(0.2) ? company.name.toUpperCase() : company.name} ${company.form}`, site: draw.chance(0.7) ? company.domain : '', ...base });
    if (side >= 0.15 && side < 0.85) generated.truth.add(`m${id}|c${id}`);
  });
  return generated;
};
