/** Owner URL of a PostgreSQL server to run the integration tests on, instead of the built-in engine; null when unset. */
export const testDatabaseUrl = (): string | null => process.env['TEST_DATABASE_URL']?.trim() || null;
