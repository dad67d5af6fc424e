import messages from '../../messages/hooks.en.json';
import { texts } from '../../../../ui/texts';

export const t = texts(messages);

type Key = Parameters<typeof t>[0];
const has = (key: string): key is Key => key in messages;
/** A text for a code of the server; a code that is newer than this page is shown as it is. */
export const coded = (prefix: string, code: string): string => {
  const key = `${prefix}.${code}`;
  return has(key) ? t(key) : code;
};

export const hostOf = (url: string): string => (URL.canParse(url) ? new URL(url).host : url);
