/** The same name as in public/answer-worker.js. */
const KEPT = 'lockstep-answer-1';

/**
 * Keeps a copy of the page on the device, so that it opens again without a connection. Browsers allow it on https and
 * localhost only; elsewhere, or when they refuse, the answers are kept all the same and the page needs a connection to reload.
 */
export const keepOfflineCopy = async (): Promise<void> => {
  if (!('serviceWorker' in navigator)) return;
  try {
    await navigator.serviceWorker.register('/answer-worker.js', { scope: '/a' });
    const files = performance.getEntriesByType('resource').map(({ name }) => name).filter((name) => new URL(name).pathname.startsWith('/assets/'));
    await (await caches.open(KEPT)).addAll(['/a', ...new Set(files)]);
  } catch {
    // No copy: reloading needs a connection, nothing else changes.
  }
};
