/**
 * Seven challenges to an interface that works (MB ch. 6): their measures and playbooks stand in the messages (`ch.<id>…`), here stands what the
 * data can show. A sign is a reason to look, never a finding.
 */
export const CHALLENGES = ['competition', 'strategy', 'people', 'technology', 'dispersion', 'globalisation', 'accountability'] as const;
export type Challenge = (typeof CHALLENGES)[number];

/** Measures by challenge; texts are `ch.<id>.measure.<n>`. Playbooks have three steps each, for sales, marketing and leadership. */
export const MEASURES_OF: Readonly<Record<Challenge, number>> = { competition: 3, strategy: 3, people: 4, technology: 5, dispersion: 2, globalisation: 2, accountability: 2 };

export type SignState = 'raised' | 'calm' | 'cannot_tell';
/** `part` of `of`: what it was read from. A pace is a share of what is due by today. */
export type Sign = { id: SignId; state: SignState; part: number; of: number; detail: string };

export const SIGNS = {
  lost_to_one: 'competition', behind_target: 'strategy', follow_up_silent: 'strategy', ties_on_one: 'people', new_head: 'people', touched_unseen: 'technology', contact_load: 'technology', no_owner: 'dispersion',
  territories_apart: 'globalisation', territories_alone: 'globalisation', spend_unlinked: 'accountability',
} as const satisfies Record<string, Challenge>;
export type SignId = keyof typeof SIGNS;

/** What the product counts. Spans are ours: a half-year for people and ties, a quarter for lost deals. */
export type Seen = {
  /** Lost in the last 90 days and in the 90 before: how many for a competitor's sake, the commonest of those reasons, of how many with a reason. */
  readonly lost: { now: { rival: number; of: number; reason: string }; before: { rival: number; of: number } };
  /** Revenue to date ÷ what is due by today, of the period under way; null without a signed target. */
  readonly pace: number | null;
  /** Days since somebody spoke of the running problem; null while none runs. */
  readonly silentDays: number | null;
  /** Leads passed on in the last half-year: all with an owner, and those of the owner who holds most. */
  readonly ties: { top: number; of: number };
  /** Days since the newest of the two heads began here; null where no day is known. */
  readonly headDays: number | null;
  /** What reached customers in sales' hands from marketing in the last quarter, and how much of it with nothing recorded by sales within a fortnight. */
  readonly touches: { unseen: number; of: number };
  /** Those of these customers who were reached in the last 30 days, by either function, and how many of them more often than is good. */
  readonly load: { crowded: number; of: number };
  /** Sections of the newest published survey that territories of one function answered, and those in which the intervals of two of them have no common value; null without. */
  readonly territories: { apart: number; of: number } | null;
  /** Salespeople whose territory is known, and those in whose territory no marketer works; null where no marketer's is known. */
  readonly alone: { n: number; of: number } | null;
  /** Leads passed on in the last half-year that nobody owns. */
  readonly ownerless: { none: number; of: number };
  /** The last whole quarter: whether marketing's spend is recorded, and whether a return on it can be told. */
  readonly spend: { given: boolean; linked: boolean };
};

/** Ends of each sign; ours. */
export const ENDS = { fewest: 20, lostMore: 0.1, pace: 0.8, silentDays: 45, ties: 0.4, headDays: 180, ownerless: 0.2, unseen: 0.5, load: 0.1, fewestSections: 4, apart: 0.25, fewestSellers: 10, alone: 0.5 } as const;

const sign = (id: SignId, known: boolean, raised: boolean, part: number, of: number, detail = ''): Sign => ({ id, state: !known ? 'cannot_tell' : raised ? 'raised' : 'calm', part, of, detail });
const share = (part: number, of: number): number => (of === 0 ? 0 : part / of);

/** Every sign with what it was read from; too little to tell is said so. */
export const readSigns = ({ lost, pace, silentDays, ties, headDays, touches, load, ownerless, territories, alone, spend }: Seen): Sign[] => [
  sign('lost_to_one', lost.now.of >= ENDS.fewest && lost.before.of >= ENDS.fewest, share(lost.now.rival, lost.now.of) - share(lost.before.rival, lost.before.of) >= ENDS.lostMore, lost.now.rival, lost.now.of, lost.now.reason),
  sign('behind_target', pace !== null, (pace ?? 1) < ENDS.pace, Math.round((pace ?? 0) * 100), 100),
  sign('follow_up_silent', silentDays !== null, (silentDays ?? 0) >= ENDS.silentDays, silentDays ?? 0, ENDS.silentDays),
  sign('ties_on_one', ties.of >= ENDS.fewest, share(ties.top, ties.of) >= ENDS.ties, ties.top, ties.of),
  sign('new_head', headDays !== null, (headDays ?? ENDS.headDays) < ENDS.headDays, headDays ?? 0, ENDS.headDays),
  sign('touched_unseen', touches.of >= ENDS.fewest, share(touches.unseen, touches.of) >= ENDS.unseen, touches.unseen, touches.of),
  sign('contact_load', load.of >= ENDS.fewest, share(load.crowded, load.of) >= ENDS.load, load.crowded, load.of),
  sign('no_owner', ownerless.of >= ENDS.fewest, share(ownerless.none, ownerless.of) >= ENDS.ownerless, ownerless.none, ownerless.of),
  sign('territories_apart', (territories?.of ?? 0) >= ENDS.fewestSections, share(territories?.apart ?? 0, territories?.of ?? 0) >= ENDS.apart, territories?.apart ?? 0, territories?.of ?? 0),
  sign('territories_alone', (alone?.of ?? 0) >= ENDS.fewestSellers, share(alone?.n ?? 0, alone?.of ?? 0) >= ENDS.alone, alone?.n ?? 0, alone?.of ?? 0),
  sign('spend_unlinked', spend.given, !spend.linked, 0, 0),
];

/** Words for rivals in reasons of lost deals, folded. */
const RIVAL = ['compet', 'rival', 'konkurr', 'wettbewerb', 'concurr', 'mitbewerb'];
export const namesRival = (reason: string): boolean => RIVAL.some((word) => reason.toLowerCase().includes(word));
