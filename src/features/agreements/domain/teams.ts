import { labelKey, plain } from '../../../lib/plain';
import type { Level, Side } from '../../../lib/vocabulary';

export type TeamMate = { name: string; email: string; function: Side | 'leadership'; level: Level; territory: string };

/** Finds whose a lead is, by the name or address that the other system has for its owner. */
export type Teams = { of(owner: string | null): TeamMate | undefined; territories: readonly string[] };

/**
 * Two people of one name cannot be told apart by it, so that the name then tells nothing. Territories are those with a manager
 * of sales, or, where none is named, all that salespeople belong to.
 */
export const teamsOf = (people: readonly TeamMate[]): Teams => {
  const byKey = new Map<string, TeamMate | null>();
  for (const mate of people) {
    byKey.set(mate.email.toLowerCase(), mate);
    const key = plain(mate.name);
    byKey.set(key, byKey.has(key) ? null : mate);
  }
  const sales = people.filter((mate) => mate.function === 'sales' && mate.territory !== '');
  const led = sales.filter((mate) => mate.level === 'manager');
  const territories = new Map((led.length > 0 ? led : sales).map((mate) => [labelKey(mate.territory), mate.territory.trim()]));
  return {
    of: (owner) => (owner === null ? undefined : (byKey.get(owner.trim().toLowerCase()) ?? byKey.get(plain(owner)) ?? undefined)),
    territories: [...territories.values()].toSorted((a, b) => a.localeCompare(b)),
  };
};
