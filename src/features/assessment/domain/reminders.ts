const DAY_MS = 86_400_000;

/**
 * Marks (days before closing) whose time has come and which were not used yet. Several at once, after a server was down,
 * make one reminder; in the last hour nobody is reminded any more.
 */
export const dueReminders = (daysBefore: readonly number[], used: readonly number[], closesAt: Date, now: Date): number[] => {
  const left = closesAt.getTime() - now.getTime();
  if (left < DAY_MS / 24) return [];
  return daysBefore.filter((days) => !used.includes(days) && left <= days * DAY_MS);
};
