/** The browser of the end-to-end tests; `npm test` finds or installs one and says where it is. */
export const CHROMIUM = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';
