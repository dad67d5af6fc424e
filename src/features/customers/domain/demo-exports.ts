import { atWork, CHANNELS, courseOf, DAY, OWN, wait, type Channel, type Course } from './demo-course';
import { houseAt, otherMailbox, personAt, pick, type DemoSeller, type House, type Person, type Random } from './demo-market';
import { orderRows, salesSpendRows, spendRows, type Won } from './demo-money';

/**
 * A year of two systems' exports of a company that does not exist: what marketing passed on, and what the CRM knows of it, with the
 * differences that real systems have.
 */
export type DemoExport = { system: 'marketing' | 'sales'; fileName: string; rows: string[][] };
export type { DemoSeller } from './demo-market';

/** Inquiries that marketing would count in a year without seasons. */
const INQUIRIES = 1_720;
/** Of a hundred in the best month, how many come in each month of the year: little in summer and at its end. */
const SEASON = [0.9, 0.95, 1, 0.95, 0.9, 0.88, 0.7, 0.55, 0.95, 1, 0.97, 0.62];
const OWN_FINDS = 150;
/** Companies that leads come from; the last of them are customers already. */
const HOUSES = 420;
/** Days before today on which the job that hands leads over stood still. */
const STOPPED = { from: 215, until: 212 };

const HEADINGS = {
  contacts: ['Record ID', 'First Name', 'Last Name', 'Email', 'Phone Number', 'Job Title', 'Company', 'Industry', 'Number of Employees', 'Territory', 'Lifecycle Stage', 'Original Traffic Source', 'Create Date', 'Became a Marketing Qualified Lead Date', 'Passed to sales', 'Last NPS survey rating', 'Unsubscribed from all email'],
  companies: ['Record ID', 'Company name', 'Company Domain Name', 'Industry', 'Number of Employees', 'City'],
  leads: ['Lead ID', 'First Name', 'Last Name', 'Email', 'Phone', 'Title', 'Company', 'Lead Source', 'Status', 'Lead Owner', 'Territory', 'Created Date', 'Date Accepted', 'First contacted', 'Returned at', 'Closed Date', 'Converted Date', 'Reason', 'Do Not Contact'],
  accounts: ['Account ID', 'Account Name', 'Website', 'Industry', 'Number of Employees', 'Billing City', 'Account Owner', 'Annual category spend', 'Customer satisfaction score'],
  deals: ['Opportunity ID', 'Opportunity Name', 'Lead ID', 'Account ID', 'Stage', 'Amount', 'Created Date', 'Close Date', 'Is Won', 'Is Closed', 'Lost Reason', 'Opportunity Owner', 'Gross Profit', 'Forecast Value'],
  history: ['Opportunity ID', 'From Stage', 'To Stage', 'Date', 'Changed by'],
  activities: ['Activity ID', 'Lead ID', 'Activity Type', 'Subject', 'Activity Date', 'Assigned'],
  touches: ['Email', 'Channel', 'Campaign', 'Subject', 'Date'],
} as const;

const ITEMS = ['Product page', 'Price guide', 'Case: dairy line', 'Webinar: less downtime', 'Brochure', 'Calculator'];
const SUBJECTS: Readonly<Record<string, string>> = { Call: 'First questions', 'E-mail': 'Answer to questions', Meeting: 'Visit of the plant', 'Product demo': 'The machine at work' };

type Files = Record<keyof typeof HEADINGS, string[][]>;
type Going = { files: Files; random: Random; now: number; sellers: readonly DemoSeller[]; won: Won[]; accounts: Map<number, { house: House; owner: string }> };

const stamp = (at: number): string => new Date(at).toISOString().slice(0, 16).replace('T', ' ');

const channelFor = (random: Random): Channel => {
  let left = random();
  return CHANNELS.find((channel) => (left -= channel.share) < 0) ?? CHANNELS[0];
};

/** While a deal is under way marketing's work goes on. */
const touchesOfDeal = ({ files, random, now }: Going, who: Person, { opened, closed, won }: NonNullable<Course['deal']>): void => {
  const until = Math.min(closed, now);
  if (opened >= until || random() > (won ? 0.75 : 0.45)) return;
  const [channel, item] = pick(random, [['Webinar', 'Webinar: less downtime'], ['E-mail campaign', 'Case: dairy line'], ['Organic Search', 'Calculator'], ['E-mail campaign', 'Price guide']] as const);
  files.touches.push([who.email, channel, `${channel} ${new Date(until).getUTCFullYear()}`, item, stamp(opened + (until - opened) * (0.3 + 0.69 * random()))]);
};

type Passing = { created: number; qualified: number; passed: number };

const inMarketing = ({ files, random }: Going, who: Person, channel: string, at: Passing, { id, customer, optedOut }: { id: number; customer: boolean; optedOut: boolean }): void => {
  const { house } = who;
  files.contacts.push([
    String(id), who.first, who.last, who.email, who.phone, who.title, house.name, house.industry, String(house.employees), house.territory, 'Marketing Qualified Lead', channel,
    stamp(at.created), stamp(at.qualified), stamp(at.passed), customer && random() < 0.6 ? String(Math.min(10, 5 + Math.floor(random() * 6))) : '', optedOut ? 'true' : '',
  ]);
};

const touchesOf = ({ files, random }: Going, who: Person, channel: string, until: number): void => {
  const times = 1 + Math.floor(random() * 3);
  for (let n = 0; n < times; n++) {
    const by = n === 0 ? channel : pick(random, CHANNELS).name;
    files.touches.push([who.email, by, `${by} ${new Date(until).getUTCFullYear()}`, pick(random, ITEMS), stamp(until - (times - n) * 4 * DAY * random())]);
  }
};

const dealInCrm = ({ files, random, now, won, accounts }: Going, id: string, who: Person, seller: DemoSeller, deal: NonNullable<Course['deal']>): void => {
  const { opened, proposed, closed, amount } = deal;
  const [ended, proposal] = [closed < now, Math.min(proposed, closed)];
  const stages = ([['Value Proposition', opened + (proposal - opened) * 0.4], ['Proposal/Price Quote', proposed], [deal.won ? 'Closed Won' : 'Closed Lost', closed]] as const).filter(([, at], step) => at < now && (step !== 1 || proposed <= closed));
  const stage = stages.at(-1)?.[0] ?? 'Qualification';
  stages.forEach(([to, at], step) => files.history.push([`O-${id}`, stages[step - 1]?.[0] ?? 'Qualification', to, stamp(at), seller.name]));
  const [sold, accountId] = [ended && deal.won, `A-${who.house.at}`];
  const profit = Math.round(amount * (0.33 + 0.03 * (opened % 5)));
  files.deals.push([
    `O-${id}`, `${who.house.name}: ${pick(random, ['retrofit', 'new line', 'spares', 'service'])}`, id, accountId, stage, String(amount), stamp(opened), stamp(ended ? closed : Math.max(closed, now + 10 * DAY)),
    sold ? 'true' : 'false', ended ? 'true' : 'false', ended && !deal.won ? deal.reason : '', seller.name, sold ? String(profit) : '', String(Math.round(amount * (deal.won ? 1 : 0.3) * (0.7 + 0.05 * (Math.floor(opened / 1_000) % 9)))),
  ]);
  accounts.set(who.house.at, { house: who.house, owner: seller.name });
  if (sold) won.push({ accountId, dealId: `O-${id}`, at: closed, amount, profit });
};

type InCrm = { id: string; who: Person; source: string; arrived: number; seller: DemoSeller | null; course: Course };

const statusOf = ({ contacted, returned, closed, deal }: Course, now: number): string => {
  if (returned < now) return 'Closed - Not Converted';
  if (deal && deal.opened < now) return 'Closed - Converted';
  if (closed < now) return 'Unqualified';
  return contacted < now ? 'Working - Contacted' : 'Open - Not Contacted';
};

/** Need, people who decide and time are known some days before there is a deal. */
const qualifiedBefore = (contacted: number, opened: number): number => opened - Math.min(6 * DAY, 0.4 * (opened - contacted));

/** What the CRM makes of a lead; dates that lie ahead have not happened. The CRM writes names and addresses its own way now and then. */
const inCrm = (going: Going, { id, who, source, arrived, seller, course }: InCrm): void => {
  const { files, random, now } = going;
  const { deal } = course;
  const past = (at: number): string => (at < now ? stamp(at) : '');
  const first = random() < 0.06 ? who.first.slice(0, 1) : who.first;
  const email = random() < 0.012 ? '' : random() < 0.012 ? otherMailbox(who) : who.email;
  const company = random() < 0.1 ? who.house.name.replace(/ \S+$/u, '') : who.house.name;
  files.leads.push([
    id, first, who.last, email, who.phone, who.title, company, source, statusOf(course, now), seller?.name ?? '', seller?.territory ?? who.house.territory, stamp(arrived),
    past(course.accepted), past(course.contacted), past(course.returned), past(course.closed), deal && deal.opened < now ? stamp(qualifiedBefore(course.contacted, deal.opened)) : '', Math.min(course.returned, course.closed) < now ? course.reason : '', random() < 0.01 ? 'true' : '',
  ]);
  course.activities.forEach(({ at, type }, n) => at < now && files.activities.push([`T-${id}-${n + 1}`, id, type, SUBJECTS[type] ?? '', stamp(at), seller?.name ?? '']));
  if (deal && deal.opened < now && seller) dealInCrm(going, id, who, seller, deal);
};

/** Somebody of the lead's territory; the smallest territory leaves most leads without anybody. */
const sellerFor = ({ random, sellers }: Going, { territory }: House, last: string): DemoSeller | null => {
  if (sellers.length === 0 || random() < (territory === last ? 0.18 : 0.025)) return null;
  return pick(random, sellers.filter((seller) => seller.territory === territory));
};

const fromMarketing = (going: Going, at: number, territories: readonly string[]): void => {
  const { random, now } = going;
  const created = now - 365 * DAY + (365 * DAY * (at + random())) / INQUIRIES;
  if (random() > (SEASON[new Date(created).getUTCMonth()] ?? 1)) return;
  const who = personAt(random, at, houseAt(Math.floor(random() * HOUSES), territories));
  const channel = channelFor(random);
  const qualified = created + wait(random, 3);
  const passed = atWork(qualified + wait(random, 0.7), qualified);
  if (passed >= now) return;
  const [arrived, progress] = [passed + random() * 0.15 * DAY, at / INQUIRIES];
  const seller = sellerFor(going, who.house, territories.at(-1) ?? '');
  const course = courseOf(random, { channel, house: who.house, arrived, owned: seller !== null, own: false, progress });
  const stopped = passed >= now - STOPPED.from * DAY && passed < now - STOPPED.until * DAY;
  const arrives = !stopped && random() >= 0.09 - 0.05 * progress && arrived < now;
  const customer = arrives && course.deal?.won === true && course.deal.closed < now;
  inMarketing(going, who, channel.name, { created, qualified, passed }, { id: 10_000 + at, customer, optedOut: random() < 0.02 });
  touchesOf(going, who, channel.name, qualified);
  if (arrives && course.deal) touchesOfDeal(going, who, course.deal);
  if (random() < 0.06 && passed + DAY < now) inMarketing(going, { ...who, phone: '' }, channel.name, { created: created + DAY / 2, qualified: qualified + DAY / 2, passed: passed + DAY / 2 }, { id: 20_000 + at, customer: false, optedOut: false });
  if (arrives) inCrm(going, { id: `L-${at + 1}`, who, source: 'Marketing', arrived, seller, course });
};

const ownFind = (going: Going, at: number, territories: readonly string[]): void => {
  const { random, now, sellers } = going;
  const begun = now - 360 * DAY + 358 * DAY * random();
  const arrived = atWork(begun, begun);
  if (sellers.length === 0 || arrived >= now) return;
  const house = houseAt(Math.floor(random() * HOUSES), territories);
  const course = courseOf(random, { channel: OWN, house, arrived, owned: true, own: true, progress: 1 });
  inCrm(going, { id: `S-${at + 1}`, who: personAt(random, INQUIRIES + at, house), source: pick(random, ['Outbound call', 'Referral', 'Inbound call']), arrived, seller: pick(random, sellers.filter((seller) => seller.territory === house.territory)), course });
};

/**
 * The exports of both systems, newest day `now`. Of a hundred leads that marketing counts, about six are somebody twice, seven never reach the CRM, six have no
 * owner there, fifteen come back; sales adds finds of its own. Orders go back two years more.
 * @param random numbers in [0, 1)
 */
export const demoExports = (random: Random, now: number, sellers: readonly DemoSeller[]): DemoExport[] => {
  const files = Object.fromEntries(Object.entries(HEADINGS).map(([name, headings]) => [name, [[...headings]]])) as Files;
  const going: Going = { files, random, now, sellers, won: [], accounts: new Map() };
  const territories = [...new Set(sellers.map(({ territory }) => territory))];
  for (let at = 0; at < INQUIRIES; at++) fromMarketing(going, at, territories);
  for (let at = 0; at < OWN_FINDS; at++) ownFind(going, at, territories);
  for (let at = 0; at < HOUSES; at++) {
    const { name, domain, industry, employees, city } = houseAt(at, territories);
    files.companies.push([String(500_000 + at), name, domain, industry, String(employees), city]);
  }
  const { rows: orders, customers } = orderRows(random, now, going.won);
  for (const at of customers) if (!going.accounts.has(at)) going.accounts.set(at, { house: houseAt(at, territories), owner: sellers.length > 0 ? pick(random, sellers).name : '' });
  for (const [at, { house, owner }] of [...going.accounts].toSorted(([a], [b]) => a - b)) {
    const bought = orders.filter((row) => row[1] === `A-${at}` && Date.parse(row[3] ?? '') > now - 365 * DAY).reduce((sum, row) => sum + Number(row[4]), 0);
    const [spend, score] = [random() < 0.6 ? Math.round((bought > 0 ? bought / (0.2 + 0.45 * random()) : 90_000 + 300_000 * random()) / 1_000) * 1_000 : 0, random() < 0.7 ? 4 + Math.floor(random() ** 0.6 * 7) : 0];
    const customer = customers.has(at);
    files.accounts.push([`A-${at}`, random() < 0.05 ? house.name.replace(/ \S+$/u, '') : house.name, random() < 0.1 ? '' : house.domain, house.industry, String(house.employees), house.city, owner, customer && spend > 0 ? String(spend) : '', customer && score > 0 ? String(score) : '']);
  }
  const file = (system: DemoExport['system'], fileName: string, rows: string[][]): DemoExport => ({ system, fileName, rows });
  return [
    file('marketing', 'marketing-contacts.csv', files.contacts), file('sales', 'crm-leads.csv', files.leads), file('sales', 'crm-accounts.csv', files.accounts), file('marketing', 'marketing-companies.csv', files.companies),
    file('sales', 'crm-opportunities.csv', files.deals), file('sales', 'crm-opportunity-history.csv', files.history), file('sales', 'crm-activities.csv', files.activities), file('marketing', 'campaign-responses.csv', files.touches),
    file('sales', 'orders.csv', orders), file('marketing', 'marketing-spend.csv', spendRows(random, now)), file('sales', 'sales-spend.csv', salesSpendRows(random, now)),
  ];
};
