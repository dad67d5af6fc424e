/**
 * A year of two systems' exports of a company that does not exist: what marketing passed on, and what the CRM knows of it, with the
 * differences that real systems have. Nothing here is a real person; addresses cannot be delivered.
 */
export type DemoExport = { system: 'marketing' | 'sales'; fileName: string; rows: string[][] };
export type DemoSeller = { name: string; territory: string };

const DAY = 86_400_000;
/** Leads that marketing's system counts in the year. */
const LEADS = 1_500;

const FIRST = ['Aline', 'Bruno', 'Carla', 'Dirk', 'Elise', 'Farid', 'Greta', 'Hugo', 'Inès', 'Jonas', 'Katja', 'Luís', 'Maren', 'Nils', 'Oriana', 'Pavel', 'Quinta', 'Rosa', 'Sören', 'Tilda', 'Ugo', 'Vilma', 'Wanda', 'Yannick', 'Zita'];
const LAST = ['Abendroth', 'Brookfield', 'Castellan', 'Dunmore', 'Elderwood', 'Fernhill', 'Garrow', 'Hartmoor', 'Isleworth', 'Jardine', 'Kestrel', 'Lindqvist', 'Mossgrove', 'Northcote', 'Ostrander', 'Penhallow', 'Quenby', 'Rosenthal', 'Summerfield', 'Thornbury', 'Underhill', 'Vandermeer', 'Westerholt', 'Yarrow', 'Zellweger'];
const TRADES = ['Pumps', 'Valves', 'Gearing', 'Packaging', 'Conveyors', 'Sensors', 'Dairy', 'Printing', 'Glassworks', 'Castings', 'Filtration', 'Robotics'];
const FORMS = ['GmbH', 'Ltd', 'BV', 'SA', 'AG', 'Inc'];
const TITLES = ['Plant manager', 'Head of purchasing', 'Maintenance lead', 'Production planner', 'Managing director', 'Process engineer'];
const REASONS = ['No budget', 'Wrong contact', 'Too early', 'Competitor chosen', 'No need', 'Duplicate'];
const LOST = ['Price', 'Competitor', 'No decision', 'Project stopped'];

/** Share of leads, and how each step goes: converts to an opportunity, is won then, is returned. */
const CHANNELS = [
  { name: 'Organic Search', share: 0.27, deal: 0.2, won: 0.45, returned: 0.09 },
  { name: 'Paid Search', share: 0.19, deal: 0.12, won: 0.38, returned: 0.16 },
  { name: 'Trade show', share: 0.16, deal: 0.26, won: 0.5, returned: 0.08 },
  { name: 'Webinar', share: 0.13, deal: 0.17, won: 0.42, returned: 0.1 },
  { name: 'Social', share: 0.11, deal: 0.07, won: 0.3, returned: 0.2 },
  { name: 'Referral', share: 0.08, deal: 0.34, won: 0.58, returned: 0.03 },
  { name: 'Direct mail', share: 0.06, deal: 0.1, won: 0.4, returned: 0.14 },
] as const;

const MARKETING_HEADINGS = ['Record ID', 'First Name', 'Last Name', 'Email', 'Phone Number', 'Job Title', 'Company', 'Lifecycle Stage', 'Original Traffic Source', 'Create Date', 'Became a Marketing Qualified Lead Date', 'Passed to sales', 'Unsubscribed from all email'];
const LEAD_HEADINGS = ['Lead ID', 'First Name', 'Last Name', 'Email', 'Phone', 'Title', 'Company', 'Lead Source', 'Status', 'Lead Owner', 'Territory', 'Created Date', 'Date Accepted', 'First contacted', 'Returned at', 'Return reason', 'Do Not Contact'];
const DEAL_HEADINGS = ['Opportunity ID', 'Opportunity Name', 'Lead ID', 'Stage', 'Amount', 'Created Date', 'Close Date', 'Is Won', 'Is Closed', 'Lost Reason', 'Opportunity Owner', 'Gross Profit', 'Forecast Value'];
const TOUCH_HEADINGS = ['Email', 'Channel', 'Campaign', 'Subject', 'Date'];
const SPEND_HEADINGS = ['Channel', 'Month', 'Amount', 'Currency'];

type Random = () => number;
type Channel = (typeof CHANNELS)[number];

const pick = <T>(random: Random, from: readonly [T, ...T[]] | readonly T[]): T => from[Math.floor(random() * from.length)] as T;

const channelFor = (random: Random): Channel => {
  let left = random();
  return CHANNELS.find((channel) => (left -= channel.share) < 0) ?? CHANNELS[0];
};

/** Skewed like waiting times are: many short, few long; `median` in days. */
const wait = (random: Random, median: number): number => median * Math.exp((random() + random() + random() - 1.5) * 1.4) * DAY;

const stamp = (at: number): string => new Date(at).toISOString().slice(0, 16).replace('T', ' ');
const plainName = (text: string): string => text.toLowerCase().normalize('NFKD').replace(/\p{M}/gu, '').replace(/[^a-z]/gu, '');

type Files = { marketing: string[][]; leads: string[][]; deals: string[][]; touches: string[][] };
type Person = { first: string; last: string; email: string; phone: string; title: string; company: string; domain: string };

const person = (random: Random, at: number): Person => {
  const [first, last] = [pick(random, FIRST), pick(random, LAST)];
  const house = at % 640;
  const company = `${LAST[(house * 7) % LAST.length] ?? ''} ${TRADES[house % TRADES.length] ?? ''} ${FORMS[house % FORMS.length] ?? ''}`;
  const domain = `${plainName(company)}${house}.invalid`;
  return { first, last, domain, company, email: `${plainName(first)}.${plainName(last)}@${domain}`, phone: `+49 30 ${String(2_000_000 + at * 37)}`, title: pick(random, TITLES) };
};

const inMarketing = (files: Files, who: Person, channel: string, at: { created: number; qualified: number; passed: number }, id: number, optedOut: boolean): void =>
  void files.marketing.push([String(id), who.first, who.last, who.email, who.phone, who.title, who.company, 'Marketing Qualified Lead', channel, stamp(at.created), stamp(at.qualified), stamp(at.passed), optedOut ? 'true' : '']);

const touchesOf = (files: Files, random: Random, who: Person, channel: string, until: number): void => {
  const times = 1 + Math.floor(random() * 4);
  for (let n = 0; n < times; n++) {
    const by = n === 0 ? channel : pick(random, CHANNELS).name;
    files.touches.push([who.email, by, `${by} ${new Date(until).getUTCFullYear()}`, pick(random, ['Product page', 'Price guide', 'Case: dairy line', 'Webinar: less downtime', 'Brochure', 'Calculator']), stamp(until - (times - n) * 4 * DAY * random())]);
  }
};

type InCrm = { id: string; who: Person; channel: Channel; arrived: number; now: number; seller: DemoSeller | null; random: Random; source: string };

/** What the CRM makes of a lead; dates that lie ahead have not happened. */
const inCrm = (files: Files, { id, who, channel, arrived, now, seller, random, source }: InCrm): void => {
  const past = (at: number): string => (at < now ? stamp(at) : '');
  const contacted = seller && random() < 0.78 ? arrived + wait(random, 4) : Infinity;
  const returned = seller && random() < channel.returned ? arrived + wait(random, 7) : Infinity;
  const opened = returned === Infinity && contacted < now && random() < channel.deal * 1.5 ? contacted + wait(random, 18) : Infinity;
  const status = returned < now ? 'Closed - Not Converted' : opened < now ? 'Closed - Converted' : contacted < now ? 'Working - Contacted' : 'Open - Not Contacted';
  // The CRM writes names its own way now and then.
  const first = random() < 0.06 ? who.first.slice(0, 1) : who.first;
  const email = random() < 0.04 ? '' : random() < 0.03 ? `${plainName(who.last)}@${who.domain}` : who.email;
  files.leads.push([
    id, first, who.last, email, who.phone, who.title, random() < 0.1 ? who.company.replace(/ \S+$/u, '') : who.company, source, status, seller?.name ?? '', seller?.territory ?? '', stamp(arrived),
    returned === Infinity ? past(Math.min(contacted, arrived + 2 * DAY)) : '', past(contacted), past(returned), returned < now ? pick(random, REASONS) : '', random() < 0.01 ? 'true' : '',
  ]);
  if (opened >= now || !seller) return;
  const closed = opened + wait(random, 55);
  const won = random() < channel.won;
  const stage = closed < now ? (won ? 'Closed Won' : 'Closed Lost') : closed - now < 20 * DAY ? 'Negotiation/Review' : closed - now < 40 * DAY ? 'Proposal/Price Quote' : 'Value Proposition';
  const amount = Math.round((8 + 60 * random() ** 2) * (channel.name === 'Trade show' ? 1.4 : 1)) * 500;
  files.deals.push([`O-${id}`, `${who.company}: ${pick(random, ['retrofit', 'new line', 'spares', 'service'])}`, id, stage, String(amount), stamp(opened), stamp(closed < now ? closed : Math.max(closed, now + 10 * DAY)), closed < now && won ? 'true' : 'false', closed < now ? 'true' : 'false', closed < now && !won ? pick(random, LOST) : '', seller.name, closed < now && won ? String(Math.round(amount * (0.33 + 0.03 * (opened % 7)))) : '', String(Math.round(amount * (won ? 1 : 0.3) * (0.7 + 0.05 * (Math.floor(opened / 1_000) % 9))))]);
};

const spendRows = (random: Random, now: number): string[][] => {
  const rows = [SPEND_HEADINGS];
  for (let month = 12; month >= 1; month--) {
    const at = new Date(now);
    const first = new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() - month, 1)).toISOString().slice(0, 10);
    for (const channel of CHANNELS) if (channel.name !== 'Referral') rows.push([channel.name, first, String(Math.round((2_000 + 9_000 * channel.share) * (0.8 + 0.4 * random()))), 'EUR']);
  }
  return rows;
};

/**
 * The five files, newest day `now`. Of a hundred leads that marketing counts, about six are somebody twice, ten never reach the CRM, eight have no
 * owner there; sales adds finds of its own.
 * @param random numbers in [0, 1)
 */
export const demoExports = (random: Random, now: number, sellers: readonly DemoSeller[]): DemoExport[] => {
  const files: Files = { marketing: [MARKETING_HEADINGS], leads: [LEAD_HEADINGS], deals: [DEAL_HEADINGS], touches: [TOUCH_HEADINGS] };
  const seller = (): DemoSeller | null => (sellers.length === 0 ? null : pick(random, sellers));
  for (let at = 0; at < LEADS; at++) {
    const who = person(random, at);
    const channel = channelFor(random);
    const created = now - 365 * DAY + (365 * DAY * (at + random())) / LEADS;
    const qualified = created + wait(random, 3);
    const passed = qualified + wait(random, 0.7);
    if (passed >= now) continue;
    inMarketing(files, who, channel.name, { created, qualified, passed }, 10_000 + at, random() < 0.02);
    touchesOf(files, random, who, channel.name, qualified);
    if (random() < 0.06) inMarketing(files, { ...who, phone: '' }, channel.name, { created: created + DAY, qualified: qualified + DAY, passed: passed + DAY / 2 }, 20_000 + at, false);
    if (random() < 0.1 || passed + DAY >= now) continue;
    inCrm(files, { id: `L-${at + 1}`, who, channel, arrived: passed + random() * DAY, now, seller: random() < 0.08 ? null : seller(), random, source: 'Marketing' });
  }
  for (let at = 0; at < 140; at++) {
    const arrived = now - 360 * DAY + 355 * DAY * random();
    inCrm(files, { id: `S-${at + 1}`, who: person(random, 5_000 + at), channel: CHANNELS[5], arrived, now, seller: seller(), random, source: pick(random, ['Outbound call', 'Referral', 'Inbound call']) });
  }
  return [
    { system: 'marketing', fileName: 'marketing-contacts.csv', rows: files.marketing },
    { system: 'sales', fileName: 'crm-leads.csv', rows: files.leads },
    { system: 'sales', fileName: 'crm-opportunities.csv', rows: files.deals },
    { system: 'marketing', fileName: 'campaign-responses.csv', rows: files.touches },
    { system: 'marketing', fileName: 'spend.csv', rows: spendRows(random, now) },
  ];
};
