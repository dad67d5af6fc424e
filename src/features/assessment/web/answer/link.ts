/**
 * Finding the way in. A link is `/a#<wave>.<token>.<h>`; mail scanners and chat programs rewrite links, so the parts are
 * searched for anywhere in the address: `#` turned into `%23` (once or several times), moved into path or query, punctuation behind.
 */

export type Link = {
  wave: string;
  token: string;
  /** Hash of the wave's public list, base64url; absent when the link was cut. */
  h?: string;
  /** Answers brought along from another device (pack.ts), then prefix and signature once the ballot was picked up. */
  carried?: { answers: string; prefix?: string; sig?: string };
};

const PARTS =
  /([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})\.([\w-]{16,})(?:\.([\w-]{22}))?(?:\.([\w-]+))?(?:\.([\w-]{43})\.([\w-]{342}))?/i;

const decodedFully = (text: string): string => {
  let current = text;
  for (let round = 0; round < 4 && current.includes('%'); round += 1) {
    try {
      current = decodeURIComponent(current);
    } catch {
      return current.replace(/%2e/gi, '.').replace(/%23/g, '#');
    }
  }
  return current;
};

/** The link's parts from any address they survived in, else undefined. */
export const linkIn = (address: string): Link | undefined => {
  const found = PARTS.exec(decodedFully(address));
  if (!found?.[1] || !found[2]) return undefined;
  const [, wave, token, h, answers, prefix, sig] = found;
  return { wave: wave.toLowerCase(), token, h, carried: answers && h ? { answers, prefix, sig } : undefined };
};

/** The link as it is meant to be, for the address bar and for another device. */
export const addressOf = (link: Link): string => {
  const carried = link.carried ? [link.carried.answers, link.carried.prefix, link.carried.sig] : [];
  return `/a#${[link.wave, link.token, link.h, ...carried].filter((part) => part !== undefined).join('.')}`;
};

/** A shared device: nothing may outlive the person in front of it. */
export const isKiosk = (address: string): boolean => /[?&#]kiosk\b/i.test(decodedFully(address));

const CODE_LENGTH = 12;

/**
 * A short code as people type it: 12 Crockford base32 characters. Spaces and dashes fall away, case does not matter,
 * O reads as 0, I and L as 1. Undefined when it cannot be one.
 */
export const shortCodeIn = (typed: string): string | undefined => {
  const code = typed.toUpperCase().replace(/[\s\-–—.]/g, '').replace(/O/g, '0').replace(/[IL]/g, '1');
  return code.length === CODE_LENGTH && /^[0-9A-HJKMNP-TV-Z]+$/.test(code) ? code : undefined;
};
