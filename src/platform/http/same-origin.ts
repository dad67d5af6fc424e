export const originOf = (url: string): string => new URL(url).origin;

/**
 * Whether a browser's request comes from our own pages: it sends its cookie along from anywhere. Browsers that send Sec-Fetch-Site say it
 * themselves; for the others the Origin header must match the address they called.
 */
export const sameOrigin = (request: Request, own: string): boolean => {
  const site = request.headers.get('sec-fetch-site');
  if (site) return site === 'same-origin' || site === 'none';
  const origin = request.headers.get('origin');
  return origin === null || origin === own || origin === originOf(request.url);
};

/** The refusal of a write that another site sent. */
export const fromElsewhere = (): Response =>
  Response.json({ code: 'FORBIDDEN', status: 403, message: 'This request came from another site. Nothing was saved.', data: { saved: false, todo: 'Open Lockstep itself and try again.' } }, { status: 403 });
