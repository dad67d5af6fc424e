/** Owner URL of a PostgreSQL server to run the integration tests on, instead of the built-in engine; null when unset. */
export const testDatabaseUrl = (): string | null => process.env['TEST_DATABASE_URL']?.trim() || null;

/** Kills of one loop: a few in every test run, half as many on another server than the built-in one; `LOCKSTEP_KILLS` says how many in a long run, as `part` of them where loops share the number. */
export const killsWanted = (usual: number, part = 1): number => {
  const wanted = Number(process.env['LOCKSTEP_KILLS'] ?? '');
  return wanted > 0 ? Math.max(usual, Math.round(wanted * part)) : testDatabaseUrl() === null ? usual : Math.ceil(usual / 2);
};

/** The file to which a long run's loops add what they saw, one JSON line each; null in ordinary runs. */
export const killLog = (): string | null => process.env['LOCKSTEP_KILLS_LOG']?.trim() || null;
