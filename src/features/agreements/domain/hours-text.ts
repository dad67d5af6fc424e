import type { Calendar, Hours } from './working-time';

/** Hours as people write them: "09:00-12:30, 13:30-17:00"; empty for no work. */
export const writeHours = (hours: readonly Hours[]): string => hours.map(({ from, to }) => `${from}-${to}`).join(', ');

const CLOCK = /^(\d{1,2})(?:[:.](\d{2}))?$/;

const clock = (text: string): string | null => {
  const [, hour = '', minute = '00'] = CLOCK.exec(text.trim()) ?? [];
  if (hour === '' || Number(minute) > 59 || Number(hour) > 24 || (Number(hour) === 24 && minute !== '00')) return null;
  return `${hour.padStart(2, '0')}:${minute}`;
};

/** Reads hours; null for what is not understood or ends before it begins. "9-17" and "9.30 – 12" are fine. */
export const readHours = (text: string): Hours[] | null => {
  const parts = text.split(/[,;]/).map((part) => part.trim()).filter(Boolean);
  const hours = parts.map((part) => {
    const [from, to, ...more] = part.split(/[-–—]/).map(clock);
    return from && to && more.length === 0 && from < to && from !== '24:00' ? { from, to } : null;
  });
  return hours.every((each) => each !== null) ? hours : null;
};

type Exception = { date: string; name: string; hours: Hours[] };
const LINE = /^(\d{4}-\d{2}-\d{2})(?:\s+([\d:.]+\s*[-–—]\s*[\d:.]+(?:\s*,\s*[\d:.]+\s*[-–—]\s*[\d:.]+)*))?(?:\s+(.*))?$/;

export const writeExceptions = (exceptions: Calendar['exceptions']): string => exceptions.map(({ date, name, hours }) => [date, writeHours(hours), name].filter(Boolean).join(' ')).join('\n');

const isDay = (text: string): boolean => {
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().slice(0, 10) === text;
};

/** A day a line, with its hours where it is a half day; the lines that are not understood come back. */
export const readExceptions = (text: string): { exceptions: Exception[]; bad: string[] } => {
  const [exceptions, bad]: [Exception[], string[]] = [[], []];
  for (const line of text.split(/\n/).map((each) => each.trim()).filter(Boolean)) {
    const [, date = '', hours = '', name = ''] = LINE.exec(line) ?? [];
    const read = isDay(date) ? readHours(hours) : null;
    if (read) exceptions.push({ date, name: name.trim(), hours: read });
    else bad.push(line);
  }
  return { exceptions, bad };
};
