/** The environment for the database's processes: what finding libraries needs, and none of our settings or secrets. */
export const childEnv = (): NodeJS.ProcessEnv => ({
  PATH: process.env['PATH'],
  ...(process.platform === 'win32' ? { SystemRoot: process.env['SystemRoot'] } : {}),
  TZ: 'UTC',
  LC_ALL: 'C',
});
