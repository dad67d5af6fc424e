import { atWork, CHANNELS, DAY } from './demo-course';
import type { Random } from './demo-market';

/** A deal that was won, and its customer. */
export type Won = { accountId: string; dealId: string; at: number; amount: number; profit: number };

const ORDER_HEADINGS = ['Order ID', 'Account ID', 'Opportunity ID', 'Order Date', 'Amount', 'Currency', 'Gross Profit', 'Status'];
const SPEND_HEADINGS = ['Channel', 'Month', 'Amount', 'Currency'];
/** Companies by number that were customers before the year began. */
const CUSTOMERS = { first: 340, count: 76 };
/** What sales costs in a month besides commission, EUR. */
const SALES_COSTS = [['Field sales', 210_000], ['Travel', 26_000], ['Inside sales', 48_000], ['CRM and tools', 9_000]] as const;

const day = (at: number): string => new Date(at).toISOString().slice(0, 10);

type Order = { accountId: string; dealId: string; at: number; amount: number; profit: number };

/** About one order a year each; every fourth customer stays away at some time. */
const ofCustomer = (random: Random, now: number, at: number): Order[] => {
  const [begun, until] = [now - (830 - 90 * random()) * DAY, random() < 0.25 ? now - (360 * random() + 60) * DAY : now];
  const orders: Order[] = [];
  for (let when = begun + 120 * DAY * random(); when < until; when += (170 + 260 * random()) * DAY) {
    const amount = Math.round((6 + 40 * random() ** 2) * 5_000);
    orders.push({ accountId: `A-${at}`, dealId: '', at: Math.min(atWork(when, when), until), amount, profit: Math.round(amount * (0.36 + 0.12 * random())) });
  }
  return orders;
};

/** Two years and more of orders: those of earlier customers, one for every deal won, and what new customers ordered again. */
export const orderRows = (random: Random, now: number, won: readonly Won[]): { rows: string[][]; customers: Set<number> } => {
  const orders: Order[] = Array.from({ length: CUSTOMERS.count }, (_, n) => ofCustomer(random, now, CUSTOMERS.first + n)).flat();
  for (const deal of won) {
    orders.push(deal);
    const again = deal.at + (90 + 160 * random()) * DAY;
    if (again < now && random() < 0.4) orders.push({ ...deal, dealId: '', at: atWork(again, again), amount: Math.round(deal.amount * 0.3), profit: Math.round(deal.profit * 0.3) });
  }
  const inOrder = orders.filter(({ at }) => at < now).toSorted((a, b) => a.at - b.at || (a.accountId < b.accountId ? -1 : 1));
  const rows = inOrder.map(({ accountId, dealId, at, amount, profit }, n) => [`B-${1_000 + n}`, accountId, dealId, day(at), String(amount), 'EUR', String(profit), random() < 0.01 ? 'Cancelled' : 'Invoiced']);
  return { rows: [ORDER_HEADINGS, ...rows], customers: new Set(inOrder.map(({ accountId }) => Number(accountId.slice(2)))) };
};

/** The last twelve months and what of the current one has gone by. */
const months = (now: number): { first: string; part: number }[] =>
  Array.from({ length: 13 }, (_, n) => {
    const at = new Date(now);
    const [first, next] = [Date.UTC(at.getUTCFullYear(), at.getUTCMonth() - 12 + n, 1), Date.UTC(at.getUTCFullYear(), at.getUTCMonth() - 11 + n, 1)];
    return { first: day(first), part: Math.min(1, (now - first) / (next - first)) };
  });

export const spendRows = (random: Random, now: number): string[][] => [
  SPEND_HEADINGS,
  ...months(now).flatMap(({ first, part }) => CHANNELS.flatMap(({ name, share }) => (name === 'Referral' ? [] : [[name, first, String(Math.round((8_000 + 46_000 * share) * (0.8 + 0.4 * random()) * part)), 'EUR']]))),
];

export const salesSpendRows = (random: Random, now: number): string[][] => [
  SPEND_HEADINGS,
  ...months(now).flatMap(({ first, part }) => SALES_COSTS.map(([name, usual]) => [name, first, String(Math.round(usual * (0.95 + 0.1 * random()) * part)), 'EUR'])),
];
