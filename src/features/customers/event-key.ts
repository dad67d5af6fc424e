import { createHash } from 'node:crypto';
import { isRecordKind, type RowKind } from './domain/fields';
import type { RecordData } from './domain/read-row';

const digest = (text: string): string => createHash('sha1').update(text).digest('base64url');

/** Begins the key of spend that has no id of its own. */
export const UNNAMED_SPEND = '~';

/** What tells one line of spend from another: where and when, not how much. Amounts and clicks grow until a period is over. */
const toldApart = ({ amount: _, changedAt: __, custom = {}, ...rest }: RecordData) => ({ ...rest, custom: Object.entries(custom).filter(([, value]) => /\p{L}/u.test(value)) });

/**
 * What recognises a row within its source: its own id; without one an event is all that it says, and spend what tells it apart, so that the next file puts it right.
 * @param said the data as JSON
 */
export const eventKey = (kind: RowKind, key: string, data: RecordData, said: string): string => {
  if (key !== '' || isRecordKind(kind)) return key;
  return kind === 'spend' ? UNNAMED_SPEND + digest(JSON.stringify(toldApart(data))) : digest(said);
};

/** Rows of spend in one message that nothing tells apart are several: the second and later ones are numbered. */
export const numberedKeys = () => {
  const seen = new Map<string, number>();
  return (kind: RowKind, key: string): string => {
    if (kind !== 'spend' || !key.startsWith(UNNAMED_SPEND)) return key;
    const times = (seen.get(key) ?? 0) + 1;
    seen.set(key, times);
    return times === 1 ? key : `${key}#${times}`;
  };
};
