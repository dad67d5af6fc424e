/** What Home knows of a Huddle. */
export type HomeHuddle = { id: string; name: string; phase: 'planned' | 'running' | 'finished'; rehearsal: boolean; startsAt: string | null };

/** A Huddle that was planned for a day long ago and never begun says nothing about what comes. */
const DAY = 86_400_000;

/** The Huddle that runs; else the next one with a day; else one that is planned without. Rehearsals are nobody's appointment. */
export const huddleAhead = <H extends HomeHuddle>(huddles: readonly H[], now: string): H | null => {
  const real = huddles.filter(({ rehearsal }) => !rehearsal);
  const planned = real.filter(({ phase }) => phase === 'planned');
  const dated = planned.flatMap((each) => (each.startsAt !== null && Date.parse(each.startsAt) > Date.parse(now) - DAY ? [{ each, at: Date.parse(each.startsAt) }] : [])).toSorted((a, b) => a.at - b.at);
  return real.find(({ phase }) => phase === 'running') ?? dated[0]?.each ?? planned.find(({ startsAt }) => startsAt === null) ?? null;
};
