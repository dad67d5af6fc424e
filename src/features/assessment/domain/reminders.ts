const DAY_MS = 86_400_000;

/**
 * Marks (days before closing) whose time has come and which were not used yet. Several at once, after a server was down,
 * make one reminder; in the last hour nobody is reminded any more. A mark that lies within a day after the opening is passed
 * over: nobody is reminded of what they were asked only just now.
 */
export const dueReminders = (daysBefore: readonly number[], used: readonly number[], opensAt: Date, closesAt: Date, now: Date): number[] => {
  const left = closesAt.getTime() - now.getTime();
  if (left < DAY_MS / 24) return [];
  const open = closesAt.getTime() - opensAt.getTime() - DAY_MS;
  return daysBefore.filter((days) => !used.includes(days) && days * DAY_MS <= open && left <= days * DAY_MS);
};
