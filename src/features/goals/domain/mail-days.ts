export const MAIL_RHYTHMS = ['weekly', 'monthly'] as const;
export type MailRhythm = (typeof MAIL_RHYTHMS)[number];

const DAY = 86_400_000;
/** Not before people look at mail. */
const HOUR = '07:00';

/**
 * The day whose mail is the latest one due: Mondays, or the first of a month, from seven o'clock on.
 * @param wall what a clock in the workspace's zone shows, "2026-05-18T07:30"
 * @returns a day, "2026-05-18"; the same one until the next mail is due, however often it is asked
 */
export const mailDay = (rhythm: MailRhythm, wall: string): string => {
  const [today, clock] = [wall.slice(0, 10), wall.slice(11, 16)];
  if (rhythm === 'monthly') {
    if (wall.slice(8, 10) !== '01' || clock >= HOUR) return `${wall.slice(0, 7)}-01`;
    return `${new Date(Date.parse(`${today}T00:00:00Z`) - DAY).toISOString().slice(0, 7)}-01`;
  }
  const at = Date.parse(`${today}T00:00:00Z`);
  const sinceMonday = (new Date(at).getUTCDay() + 6) % 7;
  const back = sinceMonday === 0 && clock < HOUR ? 7 : sinceMonday;
  return new Date(at - back * DAY).toISOString().slice(0, 10);
};
