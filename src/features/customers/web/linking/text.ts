import { texts } from '../../../../ui/texts';
import linking from '../../messages/linking.en.json';
import matching from '../../messages/matching.en.json';

export const l = texts(linking);
const m = texts(matching);

type MatchingKey = Parameters<typeof m>[0];
const has = (key: string): key is MatchingKey => key in matching;

/** A word of the matching; one that is newer than this page is shown as it is. */
const word = (kind: 'field' | 'level' | 'veto', code: string): string => {
  const key = `${kind}.${code}`;
  return has(key) ? m(key) : code;
};

export const vetoText = (code: string): string => word('veto', code);

/** Bits from which evidence is strong, and below which it says little. */
const STRONG = 6;
const LITTLE = 1;

export type Evidence = { field: string; level: string; weight: number };

/** "Given name another usual spelling: speaks for one customer". */
export const evidenceText = ({ field, level, weight }: Evidence): string => {
  const what = `${word('field', field)} ${word('level', level)}`;
  if (weight >= STRONG) return l('weight.strong', { what });
  if (weight >= LITTLE) return l('weight.for', { what });
  return l(weight <= -LITTLE ? 'weight.against' : 'weight.little', { what });
};

/** Never "100%": nothing that a person is asked about is certain. */
export const percentText = (probability: number): string => (probability > 0.99 ? l('percent.most') : `${Math.max(1, Math.floor(probability * 100))}%`);
