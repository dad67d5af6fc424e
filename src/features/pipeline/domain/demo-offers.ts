import { DEFAULT_RETURN_REASONS } from './handoffs';

const DAY = 86_400_000;
const HOUR = 3_600_000;
const WEEK = 7 * DAY;
/** A Monday; weeks are counted from it. */
const MONDAY = Date.UTC(2024, 0, 1);

export type DemoLead = { id: string; /** Passed on by marketing, ms since 1970. */ passedAt: number; territory: string | null };

export type DemoAnswer = { at: number; ids: string[] } & ({ kind: 'accept' } | { kind: 'reject'; reason: string } | { kind: 'recycle'; reason: string; nurtureUntil: number });

/** Leads of one territory that were offered together, and the answers to them. */
export type DemoOffer = { at: number; dueAt: number; territory: string | null; ids: string[]; answers: DemoAnswer[] };

/** Of a hundred offers that are answered. */
const ACCEPTED = 0.62;
const RETURNED = 0.84;
/** Some lie for longer. */
const UNANSWERED = 0.05;

const monday = (at: number): number => MONDAY + Math.floor((at - MONDAY) / WEEK) * WEEK;
const dayOf = (at: number): number => Math.floor(at / DAY) * DAY;

/** A Saturday's or Sunday's is the Friday's. */
const atWork = (at: number): number => at - Math.max(0, (Math.floor((at - MONDAY) / DAY) % 7) - 4) * DAY;

/** The first reasons are given more often. */
const oneOf = (random: () => number, reasons: readonly string[]): string => reasons[Math.floor(random() ** 1.6 * reasons.length)] ?? '';

/** Of these, time may change something. */
const LATER = DEFAULT_RETURN_REASONS.slice(0, 2);

const answerTo = (random: () => number, id: string, offeredAt: number): DemoAnswer => {
  const at = Math.max(offeredAt + HOUR / 2, atWork(offeredAt + Math.floor(random() * 4) * DAY + (1 + 6 * random()) * HOUR));
  const said = random();
  if (said < ACCEPTED) return { at, ids: [id], kind: 'accept' };
  if (said < RETURNED) return { at, ids: [id], kind: 'reject', reason: oneOf(random, DEFAULT_RETURN_REASONS) };
  return { at, ids: [id], kind: 'recycle', reason: oneOf(random, LATER), nurtureUntil: at + (60 + Math.floor(random() * 90)) * DAY };
};

/** Those who take leads on take them at once; the rest is answered one by one. */
const answersTo = (random: () => number, ids: readonly string[], offeredAt: number, now: number): DemoAnswer[] => {
  const answers: DemoAnswer[] = [];
  for (const id of ids) {
    const answer = answerTo(random, id, offeredAt);
    const same = answers.find((each) => each.kind === 'accept' && answer.kind === 'accept');
    if (random() < UNANSWERED || answer.at >= now) continue;
    if (same) same.ids.push(id);
    else answers.push(answer);
  }
  return answers.toSorted((a, b) => a.at - b.at);
};

/**
 * What becomes of leads that lie where sales does not see them: on the Monday after, marketing offers them to their territory by name.
 * @param random numbers in [0, 1)
 */
export const demoOffers = (random: () => number, leads: readonly DemoLead[], now: number): DemoOffer[] => {
  const weeks = new Map<string, DemoLead[]>();
  for (const lead of leads.toSorted((a, b) => a.passedAt - b.passedAt || (a.id < b.id ? -1 : 1))) {
    const key = `${monday(lead.passedAt)} ${lead.territory ?? ''}`;
    weeks.set(key, [...(weeks.get(key) ?? []), lead]);
  }
  return [...weeks.values()].flatMap((group) => {
    const ids = group.map(({ id }) => id);
    const latest = Math.max(...group.map(({ passedAt }) => passedAt));
    // The newest are offered before the week is over, so that some are always waiting.
    const at = Math.min(monday(latest) + WEEK, dayOf(now - DAY)) + (8 + 2 * random()) * HOUR;
    const on = atWork(at);
    return on > latest && on < now ? [{ at: on, dueAt: on + 4 * DAY, territory: group[0]?.territory ?? null, ids, answers: answersTo(random, ids, on, now) }] : [];
  }).toSorted((a, b) => a.at - b.at);
};
