/** The address when it leads into this installation, else null: what a link carries must not take anybody elsewhere. */
export const innerAddress = (wanted: string | null, origin: string): string | null => {
  if (!wanted?.startsWith('/') || /[\\\p{Cc}]/u.test(wanted)) return null;
  try {
    const found = new URL(wanted, origin);
    return found.origin === origin && !found.pathname.startsWith('//') ? `${found.pathname}${found.search}${found.hash}` : null;
  } catch {
    return null;
  }
};
