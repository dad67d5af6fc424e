import { describe, expect, test } from 'vitest';
import { ConfigError, readConfig } from './config';
import { editDistance } from './variables';

const problemsOf = (env: Record<string, string>): string[] => {
  try {
    readConfig(env, null);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
};

const SERVER = { DATABASE_URL: 'postgres://app:a@db/lockstep', DATABASE_OWNER_URL: 'postgresql://owner:o@db/lockstep' };

describe('what is refused, naming the variable and the mend', () => {
  test.each([
    [{ PORT: 'eighty' }, 'PORT', '1 to 65535'],
    [{ PORT: '0' }, 'PORT', '1 to 65535'],
    [{ PORT: '70000' }, 'PORT', '1 to 65535'],
    [{ PORT: '80.5' }, 'PORT', 'whole number'],
    [{ HOST: 'http://0.0.0.0' }, 'HOST', 'without http://'],
    [{ BASE_URL: 'lockstep.example.com' }, 'BASE_URL', 'https://'],
    [{ BASE_URL: 'https://example.com/lockstep' }, 'BASE_URL', 'without a path'],
    [{ BASE_URL: 'ftp://example.com' }, 'BASE_URL', 'https://'],
    [{ DATABASE_URL: SERVER.DATABASE_URL }, 'DATABASE_OWNER_URL', 'set both'],
    [{ DATABASE_OWNER_URL: SERVER.DATABASE_OWNER_URL }, 'DATABASE_URL', 'set both'],
    [{ DATABASE_URL: SERVER.DATABASE_URL, DATABASE_OWNER_URL: SERVER.DATABASE_URL }, 'DATABASE_URL', 'two roles'],
    [{ ...SERVER, DATABASE_URL: 'mysql://db' }, 'DATABASE_URL', 'postgres://'],
    [{ SMTP_URL: 'mail.example.com', SMTP_FROM: 'a@b.c' }, 'SMTP_URL', 'smtp://'],
    [{ SMTP_URL: 'smtp://mail.example.com' }, 'SMTP_FROM', 'name the sender'],
    [{ SMTP_URL: 'smtp://mail', SMTP_HOST: 'mail', SMTP_FROM: 'a@b.c' }, 'SMTP_HOST', 'keep one'],
    [{ SMTP_PASSWORD: 'x' }, 'SMTP_PASSWORD', 'SMTP_HOST'],
    [{ SMTP_HOST: 'mail', SMTP_FROM: 'nobody' }, 'SMTP_FROM', 'lockstep@example.com'],
    [{ SMTP_HOST: 'mail', SMTP_FROM: 'a@b.c\r\nBcc: d@e.f' }, 'SMTP_FROM', 'sender'],
    [{ SMTP_HOST: 'mail', SMTP_FROM: 'a@b.c', SMTP_PASSWORD: 'x' }, 'SMTP_USER', 'set the login'],
    [{ OIDC_ISSUER: 'http://login.example.com', OIDC_CLIENT_ID: 'a', OIDC_CLIENT_SECRET: 'b' }, 'OIDC_ISSUER', 'https'],
    [{ OIDC_ISSUER: 'https://login.example.com', OIDC_CLIENT_ID: 'a' }, 'OIDC_CLIENT_SECRET', 'set it'],
    [{ WEBHOOK_ALLOW_PRIVATE: 'maybe' }, 'WEBHOOK_ALLOW_PRIVATE', 'yes nor no'],
    [{ CLOSE_GRACE: '-1' }, 'CLOSE_GRACE', '0 to 1440'],
    [{ LOG_LEVEL: 'loud' }, 'LOG_LEVEL', 'debug'],
  ])('%j', (env, name, mend) => {
    const problems = problemsOf(env);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(name);
    expect(problems[0]).toContain(mend);
  });

  test('every problem at once', () => {
    expect(problemsOf({ PORT: 'x', LOG_LEVEL: 'y', DATABASE_URL: 'postgres://a@b/c' })).toHaveLength(3);
    expect(() => readConfig({ PORT: 'x', LOG_LEVEL: 'y' }, null)).toThrow(/Nothing was started[\s\S]*PORT[\s\S]*LOG_LEVEL/);
  });

  test('a password is never repeated in a message', () => {
    expect(problemsOf({ ...SERVER, DATABASE_URL: 'mysql://app:hunter2@db' }).join()).not.toContain('hunter2');
    expect(problemsOf({ SMTP_URL: 'http://me:hunter2@mail', SMTP_FROM: 'a@b.c' }).join()).not.toContain('hunter2');
  });
});

test('an empty environment is enough', () => {
  expect(readConfig({}, null)).toMatchObject({
    port: 4400, host: '127.0.0.1', baseUrl: 'http://localhost:4400', database: { kind: 'embedded' },
    smtp: null, oidc: null, closeGraceMs: 900_000, logLevel: 'info', warnings: [],
  });
});

test('a blank variable counts as unset', () => {
  expect(readConfig({ PORT: '', DATABASE_URL: ' ', SMTP_HOST: '' }, null)).toMatchObject({ port: 4400, database: { kind: 'embedded' }, smtp: null });
});

test('links use what others can reach', () => {
  expect(readConfig({ HOST: '0.0.0.0' }, '192.168.1.20').baseUrl).toBe('http://192.168.1.20:4400');
  expect(readConfig({ HOST: '::', PORT: '80' }, null).baseUrl).toBe('http://localhost');
  expect(readConfig({ HOST: '::1', PORT: '5000' }, null).baseUrl).toBe('http://localhost:5000');
  expect(readConfig({ BASE_URL: 'https://Lockstep.example.com/' }, null)).toMatchObject({ baseUrl: 'https://lockstep.example.com', baseUrlGiven: true });
});

test('a mail server in parts becomes one address, escaped', () => {
  expect(readConfig({ SMTP_HOST: 'mail.example.com', SMTP_PORT: '465', SMTP_USER: 'me@x', SMTP_PASSWORD: 'p/:w', SMTP_FROM: 'L <l@x.y>' }, null).smtp).toEqual({
    url: 'smtps://me%40x:p%2F%3Aw@mail.example.com:465', from: 'L <l@x.y>',
  });
});

describe('names that look like ours', () => {
  test.each([
    ['DATABSE_URL', 'DATABASE_URL'],
    ['PROT', 'PORT'],
    ['SMPT_HOST', 'SMTP_HOST'],
    ['BASEURL', 'BASE_URL'],
    ['OIDC_SECRET', 'OIDC_CLIENT_SECRET'],
  ])('%s points to %s', (typo, ours) => {
    expect(readConfig({ [typo]: '1' }, null).warnings.join()).toContain(ours);
  });
  test.each(['HOME', 'PATH', 'PWD', 'HOSTNAME', 'LANG', 'npm_config_loglevel'])('%s is left alone', (name) => {
    expect(readConfig({ [name]: '1' }, null).warnings).toEqual([]);
  });
  test.each([['', '', 0], ['PORT', 'PORT', 0], ['PORT', 'PROT', 1], ['A', '', 1], ['kitten', 'sitting', 3]])('%s / %s', (a, b, steps) => {
    expect(editDistance(a, b)).toBe(steps);
  });
});
