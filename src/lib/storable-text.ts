const UNSTORABLE = /[\0\p{Cs}]/u;
const storable = (text: string): boolean => !UNSTORABLE.test(text);

/** Whether every string in a decoded request, keys included, can be stored: PostgreSQL holds neither U+0000 nor half a surrogate pair. */
export const isStorable = (value: unknown): boolean => {
  const waiting: unknown[] = [value];
  while (waiting.length > 0) {
    const next = waiting.pop();
    if (typeof next === 'string' && !storable(next)) return false;
    if (Array.isArray(next)) for (const each of next) waiting.push(each);
    else if (next !== null && typeof next === 'object' && !(next instanceof Blob)) for (const [key, each] of Object.entries(next)) waiting.push(key, each);
  }
  return true;
};

/** The text as it can be stored: U+0000 and halves of surrogate pairs left out. */
export const storableText = (text: string): string => (storable(text) ? text : text.replaceAll('\u0000', '').replace(/\p{Cs}/gu, ''));
