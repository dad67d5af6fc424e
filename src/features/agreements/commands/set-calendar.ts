import { refuse } from '../../../platform/http/refusal';
import { allow, type Scope } from '../../../platform/rpc/with-workspace';
import { putCalendar } from '../clocks-repo';
import type { Calendar } from '../domain/working-time';
import { can } from '../policy';
import { territoryKeyOf } from '../present';

const isZone = (zone: string): boolean => {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
};

const minutes = (clock: string): number => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3));
const worked = (calendar: Calendar): number => calendar.week.flat().reduce((sum, { from, to }) => sum + minutes(to) - minutes(from), 0);
const overlapping = (calendar: Calendar): boolean =>
  [...calendar.week, ...calendar.exceptions.map(({ hours }) => hours)].some((day) => day.toSorted((a, b) => a.from.localeCompare(b.from)).some(({ from }, at, all) => at > 0 && from < (all[at - 1]?.to ?? '')));

/**
 * Sets working hours; every clock is worked out anew.
 * @throws 422 for an unknown zone, less than four hours a week, or hours that overlap
 */
export const setCalendar = async (scope: Scope, territory: string, calendar: Calendar) => {
  allow(can(scope.me, 'hours:set'), 'set working hours');
  if (!isZone(calendar.zone)) throw refuse.invalid('This time zone is not known.', 'Use an IANA time zone such as Europe/Berlin. Nothing was saved.');
  if (worked(calendar) < 240) throw refuse.invalid('A week needs at least four working hours.', 'Add hours to a day. Nothing was saved.');
  if (overlapping(calendar)) throw refuse.invalid('Two stretches of one day overlap.', 'Let one end before the next begins. Nothing was saved.');
  const row = { workspaceId: scope.workspaceId, territory, territoryKey: territoryKeyOf(territory), calendar, changedAt: scope.now };
  await putCalendar(scope.tx, row);
  scope.afterwards(() => scope.services.jobs.send('agreements-work-out', { workspaceId: scope.workspaceId }));
  await scope.audit({ action: 'agreements.hours_set', subjectKind: 'workspace', subjectId: scope.workspaceId, details: { name: territory } });
  return row;
};
