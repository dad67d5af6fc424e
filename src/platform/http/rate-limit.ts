/**
 * Counts in memory, by token or serial and never by address: five thousand people may sit behind one. Nothing is kept
 * beyond the running minute.
 */
export type RateLimit = { allows(key: string, now: Date): boolean };

const MINUTE_MS = 60_000;

export const createRateLimit = (perMinute: number): RateLimit => {
  let minute = 0;
  let counts = new Map<string, number>();
  return {
    allows: (key, now) => {
      const current = Math.floor(now.getTime() / MINUTE_MS);
      if (current !== minute) {
        minute = current;
        counts = new Map();
      }
      const count = (counts.get(key) ?? 0) + 1;
      counts.set(key, count);
      return count <= perMinute;
    },
  };
};
