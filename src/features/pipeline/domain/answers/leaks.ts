import type { AnswerLead } from './records';

/** Why a column may not explain an outcome. */
export type LeakReason = 'filled only after the outcome' | 'blank only for one outcome' | 'tells the outcome exactly' | 'nearly every lead differs' | 'says the same of every lead';

export type Leak = { column: string; reason: LeakReason; detail: string };

export type Sifted = { columns: string[]; leftOut: Leak[] };

/** A value given to fewer leads than this can be all won by chance. */
const ENOUGH = 5;

const percent = (part: number, whole: number): string => `${whole === 0 ? 0 : Math.round((100 * part) / whole)}%`;

type Tally = { values: Map<string, { n: number; yes: number }>; filled: { yes: number; no: number } };

const tallyOf = (leads: readonly AnswerLead[], column: string, success: (lead: AnswerLead) => boolean): Tally => {
  const tally: Tally = { values: new Map(), filled: { yes: 0, no: 0 } };
  for (const lead of leads) {
    const value = lead.attributes[column]?.trim() ?? '';
    if (value === '') continue;
    const yes = success(lead);
    tally.filled[yes ? 'yes' : 'no'] += 1;
    const known = tally.values.get(value) ?? { n: 0, yes: 0 };
    known.n += 1;
    if (yes) known.yes += 1;
    tally.values.set(value, known);
  }
  return tally;
};

/** What is filled in for one outcome and hardly for the other was written down because of it. */
const fillLeak = (column: string, { filled }: Tally, yes: number, no: number): Leak | undefined => {
  const [inYes, inNo] = [filled.yes / yes, filled.no / no];
  const detail = `filled for ${percent(filled.yes, yes)} of those with the outcome and ${percent(filled.no, no)} of the others`;
  if (filled.yes >= ENOUGH && inNo <= 0.02 && inYes >= 10 * Math.max(inNo, 0.005)) return { column, reason: 'filled only after the outcome', detail };
  if (filled.no >= ENOUGH && inYes <= 0.02 && inNo >= 10 * Math.max(inYes, 0.005)) return { column, reason: 'filled only after the outcome', detail };
  // Always there on one side, now and then missing on the other: whoever recorded the outcome had to fill it in.
  if (Math.max(inYes, inNo) >= 0.99 && Math.min(inYes, inNo) <= 0.9) return { column, reason: 'blank only for one outcome', detail };
  return undefined;
};

/** Values that part the outcomes without one exception, over most of the leads. */
const exactLeak = (column: string, { values }: Tally, yes: number, no: number): Leak | undefined => {
  const shared = [...values.values()].filter(({ n }) => n >= ENOUGH);
  const covered = shared.reduce((sum, { n }) => sum + n, 0);
  const [allYes, allNo] = [shared.filter((value) => value.yes === value.n), shared.filter((value) => value.yes === 0)];
  const sum = (part: readonly { n: number }[]): number => part.reduce((total, { n }) => total + n, 0);
  if (covered < 0.5 * (yes + no) || allYes.length === 0 || allNo.length === 0 || sum(allYes) + sum(allNo) < 0.995 * covered) return undefined;
  return { column, reason: 'tells the outcome exactly', detail: `${sum(allYes)} leads with values that only the one outcome has, ${sum(allNo)} with values that only the other has` };
};

/**
 * Parts columns that may explain an outcome from those that give it away, such as a lost reason, a contract number or a field that sales fills in when a deal is
 * closed (Kaufman et al. 2012, "Leakage in data mining"). A name that says so ("won", "lost", "close", "reason") is not needed: the data show it.
 * @param success the outcome to be explained, of leads that the caller has chosen
 */
export const siftColumns = (leads: readonly AnswerLead[], columns: readonly string[], success: (lead: AnswerLead) => boolean): Sifted => {
  const yes = leads.filter(success).length;
  const no = leads.length - yes;
  const sifted: Sifted = { columns: [], leftOut: [] };
  for (const column of columns) {
    const tally = tallyOf(leads, column, success);
    const filled = tally.filled.yes + tally.filled.no;
    const most = Math.max(0, ...Array.from(tally.values.values(), ({ n }) => n));
    const leak: Leak | undefined =
      (yes > 0 && no > 0 ? (fillLeak(column, tally, yes, no) ?? exactLeak(column, tally, yes, no)) : undefined) ??
      (tally.values.size === 0 || (tally.values.size === 1 && filled === leads.length) ? { column, reason: 'says the same of every lead', detail: tally.values.size === 0 ? 'blank for all' : 'one value for all' } : undefined) ??
      (tally.values.size > 0.5 * filled && most < ENOUGH ? { column, reason: 'nearly every lead differs', detail: `${tally.values.size} values for ${filled} leads` } : undefined);
    if (leak) sifted.leftOut.push(leak);
    else sifted.columns.push(column);
  }
  return sifted;
};
