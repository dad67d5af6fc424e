import type { HandoffState } from './handoffs';

export type OutcomeCount = { group: string | null; state: HandoffState; reason: string | null; n: number };

export type OutcomeRow = {
  group: string | null;
  offered: number;
  /** Offers with an answer: the base of every share, since an open one can still go either way. */
  answered: number;
  accepted: number;
  returned: number;
  reasons: { reason: string; n: number }[];
};

/** Counts of offers by group, most offered first; a blank group is one of its own. Rejected and sent back until a date are both returned. */
export const outcomeRows = (counts: readonly OutcomeCount[]): OutcomeRow[] => {
  const rows = new Map<string | null, OutcomeRow>();
  for (const { group, state, reason, n } of counts) {
    const row = rows.get(group) ?? { group, offered: 0, answered: 0, accepted: 0, returned: 0, reasons: [] };
    rows.set(group, row);
    row.offered += n;
    if (state === 'offered') continue;
    row.answered += n;
    if (state === 'accepted') row.accepted += n;
    else row.returned += n;
    if (state === 'accepted' || reason === null) continue;
    const known = row.reasons.find((each) => each.reason === reason);
    if (known) known.n += n;
    else row.reasons.push({ reason, n });
  }
  for (const row of rows.values()) row.reasons.sort((a, b) => b.n - a.n || a.reason.localeCompare(b.reason));
  return [...rows.values()].sort((a, b) => b.offered - a.offered || (a.group ?? '').localeCompare(b.group ?? ''));
};
