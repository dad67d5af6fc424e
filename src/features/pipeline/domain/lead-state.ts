import type { LeadState } from './log';

const instantOrNull = (at: number | null): Date | null => (at === null ? null : new Date(at));

/** The columns of a lead that follow from its log alone. Whoever keeps a lead in step takes them from here. */
export const stateColumns = (state: LeadState) => ({
  stageId: state.stageId, stageSince: new Date(state.since), enteredAt: new Date(state.enteredAt), end: state.end, endedAt: instantOrNull(state.endedAt), reason: state.reason, furthest: state.furthest,
});
