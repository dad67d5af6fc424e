/** Companies and people that do not exist: names never met in life, addresses that cannot be delivered. */
export type DemoSeller = { name: string; territory: string };
export type House = { at: number; name: string; domain: string; industry: string; city: string; employees: number; territory: string };
export type Person = { first: string; last: string; email: string; phone: string; title: string; house: House };
export type Random = () => number;

const FIRST = ['Aline', 'Bruno', 'Carla', 'Dirk', 'Elise', 'Farid', 'Greta', 'Hugo', 'Inès', 'Jonas', 'Katja', 'Luís', 'Maren', 'Nils', 'Oriana', 'Pavel', 'Quinta', 'Rosa', 'Sören', 'Tilda', 'Ugo', 'Vilma', 'Wanda', 'Yannick', 'Zita', 'Amira', 'Bastian', 'Corinna', 'Davide', 'Enno', 'Fenna', 'Goran', 'Henrike', 'Ilka', 'Joris', 'Kasimir', 'Leonie', 'Mattis', 'Noémie', 'Otis', 'Pelle', 'Romy', 'Silvan', 'Thea'];
const LAST = ['Abendroth', 'Brookfield', 'Castellan', 'Dunmore', 'Elderwood', 'Fernhill', 'Garrow', 'Hartmoor', 'Isleworth', 'Jardine', 'Kestrel', 'Lindqvist', 'Mossgrove', 'Northcote', 'Ostrander', 'Penhallow', 'Quenby', 'Rosenthal', 'Summerfield', 'Thornbury', 'Underhill', 'Vandermeer', 'Westerholt', 'Yarrow', 'Zellweger', 'Ambrose', 'Bellweather', 'Cavendale', 'Dorrington', 'Ellesmere', 'Farnworth', 'Gildersome', 'Havelock', 'Ingleby', 'Kerridge', 'Lockhart', 'Merriden', 'Oakhurst', 'Pemberley', 'Rainford', 'Stavely', 'Trelawny', 'Wetherby', 'Birkenfeld'];
/** As many as have no factor in common with the trades, so that no two companies share a name. */
const FOUNDERS = ['Aldermere', 'Birchgate', 'Coldwell', 'Drayford', 'Easterby', 'Foxhollow', 'Grimsdal', 'Heronsgate', 'Ironbridge', 'Jessamine', 'Kingsmere', 'Longacre', 'Marlowe', 'Netherby', 'Oldcastle', 'Pinewick', 'Quarrydale', 'Ravensholm', 'Stonebeck', 'Tarnfield', 'Upperton', 'Velden', 'Wexcombe', 'Yewtree', 'Zandhoek', 'Ashcombe', 'Brandvold', 'Carrick', 'Dovecote'];
const TRADES = ['Pumps', 'Valves', 'Gearing', 'Packaging', 'Conveyors', 'Sensors', 'Dairy', 'Printing', 'Glassworks', 'Castings', 'Filtration', 'Robotics', 'Bottling', 'Textiles', 'Bakery', 'Plastics'];
const INDUSTRIES: Readonly<Record<string, string>> = { Dairy: 'Food and drink', Bottling: 'Food and drink', Bakery: 'Food and drink', Packaging: 'Food and drink', Printing: 'Print and textiles', Textiles: 'Print and textiles', Plastics: 'Materials', Glassworks: 'Materials', Castings: 'Materials' };
const CITIES = ['Norderhaven', 'Oosterbrug', 'Suderstadt', 'Westerwijk', 'Eilandshoek'];
const FORMS = ['GmbH', 'Ltd', 'BV', 'SA', 'AG', 'Inc'];
const TITLES = ['Plant manager', 'Head of purchasing', 'Maintenance lead', 'Production planner', 'Managing director', 'Process engineer'];
const SIZES = [24, 45, 80, 130, 190, 260, 420, 700, 1_100, 2_400];

export const pick = <T>(random: Random, from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;

const plainName = (text: string): string => text.toLowerCase().normalize('NFKD').replace(/\p{M}/gu, '').replace(/[^a-z]/gu, '');

/** The company of a number; below 464 no two have the same name. Territories are those of the sellers, the last one the smallest. */
export const houseAt = (at: number, territories: readonly string[]): House => {
  const trade = TRADES[at % TRADES.length] ?? '';
  const name = `${FOUNDERS[at % FOUNDERS.length] ?? ''} ${trade}`;
  const place = ((at * 7) % 100) / 100;
  const where = territories.length === 0 ? -1 : Math.min(territories.length - 1, Math.floor((place * territories.length) / 0.92));
  return { at, name: `${name} ${FORMS[at % FORMS.length] ?? ''}`, domain: `${plainName(name)}.invalid`, industry: INDUSTRIES[trade] ?? 'Machinery', city: CITIES[where] ?? CITIES[0] ?? '', employees: SIZES[(at * 3) % SIZES.length] ?? 0, territory: territories[where] ?? '' };
};

/** The person of a number; below 1,936 no two have the same name. */
export const personAt = (random: Random, at: number, house: House): Person => {
  const name = (at * 617) % (FIRST.length * LAST.length);
  const [first = '', last = ''] = [FIRST[Math.floor(name / LAST.length)], LAST[name % LAST.length]];
  return { first, last, house, email: `${plainName(first)}.${plainName(last)}@${house.domain}`, phone: `+49 30 ${String(2_000_000 + at * 37)}`, title: pick(random, TITLES) };
};

/** An address of the same company that is not the person's own. */
export const otherMailbox = ({ last, house }: Person): string => `${plainName(last)}@${house.domain}`;
