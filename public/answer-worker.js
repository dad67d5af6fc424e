// Lets the answering page open again without a connection. Only the page and its own files are kept, under addresses
// without anybody's link; what goes to and comes from the server's API passes by untouched.
const KEPT = 'lockstep-answer-1';

const pathOf = (request) => new URL(request.url).pathname;
const isPage = (request) => request.mode === 'navigate' && /^\/a(\/|$)/.test(pathOf(request));

/** Newest first; a new version takes the place of the whole old one. */
const page = async (request) => {
  const kept = await caches.open(KEPT);
  try {
    const response = await fetch(request);
    if (!response.ok) return response;
    const before = await kept.match('/a');
    if (before && (await before.text()) !== (await response.clone().text())) for (const old of await kept.keys()) await kept.delete(old);
    await kept.put('/a', response.clone());
    return response;
  } catch {
    return (await kept.match('/a')) ?? Response.error();
  }
};

/** Names of built files carry their content's hash: what was kept is what would come. */
const file = async (request) => {
  const kept = await caches.open(KEPT);
  const found = await kept.match(request);
  if (found) return found;
  const response = await fetch(request);
  if (response.ok) await kept.put(request, response.clone());
  return response;
};

self.addEventListener('install', () => self.skipWaiting());
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));
self.addEventListener('fetch', (event) => {
  const { request } = event;
  if (request.method !== 'GET' || new URL(request.url).origin !== self.location.origin) return;
  if (isPage(request)) event.respondWith(page(request));
  else if (pathOf(request).startsWith('/assets/')) event.respondWith(file(request));
});
