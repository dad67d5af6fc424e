import type { House, Random } from './demo-market';

/** What becomes of a lead once it is in the CRM. Times are milliseconds since 1970; Infinity is what never happens. */
export type Course = {
  contacted: number;
  accepted: number;
  returned: number;
  /** Closed by sales without a deal. */
  closed: number;
  reason: string;
  activities: { at: number; type: string }[];
  deal: { opened: number; proposed: number; closed: number; won: boolean; amount: number; reason: string } | null;
};

export const DAY = 86_400_000;
const HOUR = DAY / 24;

/** Share of leads, and how each step goes: becomes a deal once contacted, is won then, is returned; how long a deal takes beside the others. */
export type Channel = { name: string; share: number; deal: number; won: number; returned: number; pace: number };
export const CHANNELS: readonly [Channel, ...Channel[]] = [
  { name: 'Organic Search', share: 0.24, deal: 0.27, won: 0.45, returned: 0.09, pace: 1.25 },
  { name: 'Paid Search', share: 0.19, deal: 0.16, won: 0.38, returned: 0.17, pace: 1.35 },
  { name: 'Trade show', share: 0.2, deal: 0.37, won: 0.54, returned: 0.08, pace: 0.25 },
  { name: 'Webinar', share: 0.13, deal: 0.23, won: 0.42, returned: 0.1, pace: 1.3 },
  { name: 'Social', share: 0.1, deal: 0.09, won: 0.3, returned: 0.22, pace: 1.4 },
  { name: 'Referral', share: 0.08, deal: 0.44, won: 0.6, returned: 0.03, pace: 0.3 },
  { name: 'Direct mail', share: 0.06, deal: 0.13, won: 0.4, returned: 0.14, pace: 1.35 },
];
/** What salespeople find themselves. */
export const OWN: Channel = { name: 'Own find', share: 0, deal: 0.3, won: 0.5, returned: 0, pace: 0.8 };

const RETURNED = ['Too early', 'No budget', 'Wrong contact', 'No need', 'Too early'] as const;
const UNQUALIFIED = ['No need', 'No budget', 'Outside our range', 'Student or supplier', 'Competitor chosen'] as const;
const LOST = ['Price', 'Competitor', 'No decision', 'Project stopped', 'Price'] as const;
const UNREACHED = 'No answer after six attempts';

/** Skewed as waiting times are: many short, few long; `median` in days. */
export const wait = (random: Random, median: number): number => median * Math.exp((random() + random() + random() - 1.5) * 1.4) * DAY;

/** The same moment in the hours in which somebody is at work, never before `floor`. */
export const atWork = (at: number, floor: number): number => {
  if (at === Infinity) return at;
  const day = Math.floor(at / DAY);
  const weekday = (day + 4) % 7;
  const free = weekday === 6 ? 2 : weekday === 0 ? 1 : 0;
  return Math.max((day + free) * DAY + 7.5 * HOUR + ((at - day * DAY) / DAY) * 9 * HOUR, floor + HOUR / 3);
};

const one = (random: Random, from: readonly string[]): string => from[Math.floor(random() * from.length)] ?? '';

/** Larger companies decide later and buy more often; food and drink is what the company knows best, print what it knows least. */
const fit = ({ industry, employees }: House): number => (industry === 'Food and drink' ? 1.9 : industry === 'Print and textiles' ? 0.35 : 0.9) * (employees >= 400 ? 1.25 : 1);

/** The larger a company, the more people have to agree. */
const slowness = ({ employees }: House): number => (employees / 190) ** 0.45;

const dealOf = (random: Random, { channel, house, contacted, own }: Lead & { contacted: number }): Course['deal'] => {
  if (random() >= channel.deal * fit(house) * (own ? 1.2 : 1)) return null;
  const pace = channel.pace * slowness(house);
  // Who is quick to decide is quick to meet.
  const opened = atWork(contacted + wait(random, 14 * Math.min(1.6, 0.4 + 0.6 * pace)), contacted);
  const proposed = atWork(opened + wait(random, 18 * pace), opened);
  const shown = random() < 0.5;
  const won = random() < channel.won + (shown ? 0.12 : -0.08);
  return { opened, proposed, closed: atWork((random() < 0.25 && !won ? opened : proposed) + wait(random, 28 * pace), opened), won, amount: Math.round((14 + 30 * random()) * (channel.name === 'Trade show' ? 1.4 : 1)) * 5_000, reason: one(random, LOST) };
};

const activitiesOf = (random: Random, contacted: number, deal: Course['deal'], until: number): Course['activities'] => {
  if (contacted === Infinity) return [];
  const acts = [{ at: contacted, type: random() < 0.7 ? 'Call' : 'E-mail' }];
  for (let more = Math.floor(random() * 3), at = contacted; more > 0; more -= 1) acts.push({ at: (at = atWork(at + wait(random, 4), at)), type: random() < 0.5 ? 'E-mail' : 'Call' });
  if (deal) {
    acts.push({ at: atWork(deal.opened, contacted), type: 'Meeting' });
    if (random() < (deal.won ? 0.75 : 0.35)) acts.push({ at: atWork((deal.opened + deal.proposed) / 2, deal.opened), type: 'Product demo' });
    if (random() < 0.6) acts.push({ at: atWork((deal.proposed + deal.closed) / 2, deal.opened), type: 'Call' });
  }
  return acts.filter(({ at }) => at < until);
};

export type Lead = { channel: Channel; house: House; arrived: number; /** Somebody of sales has it. */ owned: boolean; /** Sales found it. */ own: boolean; /** How far the year has gone, 0 to 1: both functions get better at it. */ progress: number };

/** Most leads are called within days, some never; a call ends in a deal, back with marketing, or closed for a reason. */
export const courseOf = (random: Random, lead: Lead): Course => {
  const { channel, arrived, owned, own, progress } = lead;
  const never: Course = { contacted: Infinity, accepted: Infinity, returned: Infinity, closed: Infinity, reason: '', activities: [], deal: null };
  if (!owned) return never;
  if (!own && random() < channel.returned * 0.6) return { ...never, returned: atWork(arrived + wait(random, 5), arrived), reason: one(random, RETURNED) };
  const called = own || random() < 0.8 + 0.13 * progress;
  const contacted = called ? atWork(arrived + (own ? 0.1 * DAY : wait(random, 3.4 - 1.3 * progress)), arrived) : Infinity;
  // Some are taken on and then wait.
  const accepted = called ? Math.max(arrived + HOUR, contacted - DAY * random()) : random() < 0.5 ? arrived + 2 * DAY : Infinity;
  const came = { ...never, contacted, accepted };
  if (!called) return came;
  const deal = dealOf(random, { ...lead, contacted });
  if (deal) return { ...came, deal, activities: activitiesOf(random, contacted, deal, deal.closed) };
  const next = random();
  const returned = next < channel.returned ? atWork(contacted + wait(random, 9), contacted) : Infinity;
  const closed = returned < Infinity ? Infinity : next < 0.55 ? atWork(contacted + wait(random, 16), contacted) : next < 0.92 ? atWork(contacted + wait(random, 70), contacted) : Infinity;
  const reason = returned < Infinity ? one(random, RETURNED) : next < 0.55 ? one(random, UNQUALIFIED) : UNREACHED;
  return { ...came, returned, closed, reason, activities: activitiesOf(random, contacted, null, Math.min(returned, closed)) };
};
