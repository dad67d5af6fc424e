import type { z } from 'zod';
import { labelKey } from '../../lib/plain';
import type { actionView, clockView, commitmentShape, commitmentView, termView } from './contract';
import type { ClockRow } from './clocks-repo';
import { stateOf } from './domain/clock';
import type { Commitment } from './domain/commitment';
import { current, versionState, waiting, waitingFor } from './domain/signing';
import type { Teams } from './domain/teams';
import type { reviewAction } from './schema';
import type { SignedVersion, Whole } from './terms-repo';

const iso = (at: Date | null): string | null => at?.toISOString() ?? null;

export const presentCommitment = (commitment: Commitment): z.infer<typeof commitmentShape> => ({
  ...commitment, origins: [...commitment.origins], channels: [...commitment.channels], pauseStages: [...commitment.pauseStages],
});

const head = (version: SignedVersion, all: readonly SignedVersion[]) => ({
  version: version.version, state: versionState(version, all), ends: version.ends, note: version.note, proposedSide: version.proposedSide, proposedBy: version.proposedByName, proposedAt: version.proposedAt.toISOString(),
  signedAt: iso(version.signedAt), signatures: version.signatures.map(({ side, name, signedAt }) => ({ side, name, signedAt: signedAt.toISOString() })), waitingFor: version.signedAt || version.withdrawnAt ? [] : waitingFor(version.signatures),
});

const asTerm = (version: SignedVersion | undefined, all: readonly SignedVersion[]) => (version?.term ? { ...head(version, all), term: { text: version.term.text } } : null);
const asCommitment = (version: SignedVersion | undefined, all: readonly SignedVersion[]) => (version?.commitment ? { ...head(version, all), commitment: presentCommitment(version.commitment) } : null);

export const presentTerm = (row: Whole): z.infer<typeof termView> => ({
  id: row.id, name: row.name, endedAt: iso(row.endedAt), signed: asTerm(current(row.versions), row.versions), waiting: asTerm(waiting(row.versions), row.versions), versions: row.versions.length,
});

export const presentCommitmentCard = (row: Whole, periods: z.infer<typeof commitmentView>['periods']): z.infer<typeof commitmentView> => ({
  id: row.id, name: row.name, endedAt: iso(row.endedAt), signed: asCommitment(current(row.versions), row.versions), waiting: asCommitment(waiting(row.versions), row.versions), versions: row.versions.length,
  periods, asOf: iso(row.seenAt),
});

export const presentHistory = (row: Whole) => ({
  id: row.id, kind: row.kind, name: row.name, endedAt: iso(row.endedAt),
  versions: row.versions.map((version) => ({ ...head(version, row.versions), term: version.term ? { text: version.term.text } : null, commitment: version.commitment ? presentCommitment(version.commitment) : null })).reverse(),
});

type Lead = { name: string | null; company: string | null; owner: string | null; optedOut: boolean };

/** The account and the territory, never a person: the company, or the lead's name where there is no company. */
export const presentClock = (row: ClockRow, lead: Lead | undefined, teams: Teams, now: Date): z.infer<typeof clockView> => ({
  agreement: row.agreementId, lead: row.leadId, account: lead?.company ?? lead?.name ?? null, optedOut: lead?.optedOut ?? false, team: teams.of(lead?.owner ?? null)?.territory || null,
  state: stateOf({ startedAt: row.startedAt.getTime(), dueAt: row.dueAt?.getTime() ?? null, warnAt: row.warnAt?.getTime() ?? null, escalateAt: row.escalateAt?.getTime() ?? null, metAt: row.metAt?.getTime() ?? null, stopped: row.stopped }, now.getTime()),
  startedAt: row.startedAt.toISOString(), dueAt: iso(row.dueAt), metAt: iso(row.metAt), version: row.version,
});

export const presentAction = (row: typeof reviewAction.$inferSelect): z.infer<typeof actionView> => ({ id: row.id, period: row.period, text: row.text, side: row.side, owner: row.owner, dueOn: row.dueOn, doneAt: iso(row.doneAt) });

/** A territory as it is compared: case and spaces do not count. */
export const territoryKeyOf = (territory: string): string => labelKey(territory);
