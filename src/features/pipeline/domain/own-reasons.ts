/** Reasons that the product gives by itself stand in the log as a code, so that a page says them in its own words. */
const STAGE_CLOSED = '#stage-closed:';

export const stageClosed = (stage: string): string => `${STAGE_CLOSED}${stage}`;

/** What such a code says; null for a reason that somebody wrote. */
export const ownReason = (reason: string): { code: 'stage_closed'; stage: string } | null => (reason.startsWith(STAGE_CLOSED) ? { code: 'stage_closed', stage: reason.slice(STAGE_CLOSED.length) } : null);
