import { isIP } from 'node:net';
import { networkInterfaces } from 'node:os';
import { resolve } from 'node:path';
import { z } from 'zod';
import { misspelt, VARIABLES } from './variables';

export type LogLevel = 'debug' | 'info' | 'warn' | 'error' | 'silent';

export interface Config {
  port: number;
  host: string;
  /** Absolute path. */
  dataDir: string;
  /** Origin without a trailing slash; begins every link that leaves the house. */
  baseUrl: string;
  /** True when BASE_URL was given, so that links may be trusted to work elsewhere. */
  baseUrlGiven: boolean;
  database: { kind: 'embedded' } | { kind: 'server'; appUrl: string; ownerUrl: string };
  smtp: { url: string; from: string } | null;
  oidc: { issuer: string; clientId: string; clientSecret: string; label: string } | null;
  /** Milliseconds after closing during which sealed ballots are still accepted. */
  closeGraceMs: number;
  /** Whether webhooks may go to private addresses and to every port. */
  webhookAllowPrivate: boolean;
  logLevel: LogLevel;
  /** Sentences for the log: variables that look misspelt. */
  warnings: string[];
}

/** Everything wrong with the environment, at once, each line naming the variable and the mend. */
export class ConfigError extends Error {
  constructor(readonly problems: string[]) {
    super(`Nothing was started. Mend ${problems.length === 1 ? 'this setting' : 'these settings'} and start again:\n${problems.map((line) => `  - ${line}`).join('\n')}`);
    this.name = 'ConfigError';
  }
}

const text = (fallback = '') => z.string().trim().optional().transform((value) => value || fallback);
const whole = (name: string, fallback: number, low: number, high: number, unit: string) =>
  text(String(fallback)).refine((value) => /^\d+$/.test(value) && Number(value) >= low && Number(value) <= high, {
    error: ({ input }) => `${name}=${String(input)} is not a ${unit}: use a whole number from ${low} to ${high}, for example ${name}=${fallback}.`,
  }).transform(Number);

const isUrl = (value: string, protocols: string[]): boolean => {
  try {
    return protocols.includes(new URL(value).protocol);
  } catch {
    return false;
  }
};

/** Never quotes the value: it usually holds a password. */
const secretUrl = (name: string, protocols: string[], example: string) =>
  text().refine((value) => value === '' || isUrl(value, protocols), { error: `${name} is not an address of the form ${example}: write it like that; special characters in the password must be percent-encoded.` });

const HOSTNAME = /^(?=.{1,253}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$/i;
const SENDER = /^([^<>\r\n]*<[^\s<>@]+@[^\s<>@]+>|[^\s<>@]+@[^\s<>@]+)$/;
const DATABASE_FORM = 'postgres://user:password@host:5432/database';

const schema = z.object({
  PORT: whole('PORT', 4400, 1, 65535, 'port'),
  HOST: text('127.0.0.1').refine((value) => isIP(value) > 0 || HOSTNAME.test(value), { error: ({ input }) => `HOST=${String(input)} is not an address: use 127.0.0.1 for this machine only or 0.0.0.0 for the whole network, without http:// and port.` }),
  DATA_DIR: text('./data').refine((value) => !value.includes('\0'), { error: 'DATA_DIR holds a NUL character: use a plain folder path.' }),
  BASE_URL: text().refine((value) => value === '' || (isUrl(value, ['http:', 'https:']) && /^https?:\/\/[^/?#@]+\/?$/.test(value)), { error: ({ input }) => `BASE_URL=${String(input)} is not an origin: write scheme and host only, for example https://lockstep.example.com, without a path.` }),
  DATABASE_URL: secretUrl('DATABASE_URL', ['postgres:', 'postgresql:'], DATABASE_FORM),
  DATABASE_OWNER_URL: secretUrl('DATABASE_OWNER_URL', ['postgres:', 'postgresql:'], DATABASE_FORM),
  SMTP_URL: secretUrl('SMTP_URL', ['smtp:', 'smtps:'], 'smtp://user:password@host:587'),
  SMTP_HOST: text().refine((value) => value === '' || isIP(value) > 0 || HOSTNAME.test(value), { error: ({ input }) => `SMTP_HOST=${String(input)} is not a host name: write the name only, for example mail.example.com.` }),
  SMTP_PORT: whole('SMTP_PORT', 587, 1, 65535, 'port'),
  SMTP_USER: text(),
  SMTP_PASSWORD: z.string().optional().transform((value) => value ?? ''),
  SMTP_FROM: text().refine((value) => value === '' || SENDER.test(value), { error: ({ input }) => `SMTP_FROM=${String(input)} is not a sender: write lockstep@example.com or "Lockstep <lockstep@example.com>".` }),
  OIDC_ISSUER: text().refine((value) => value === '' || isUrl(value, ['https:']) || /^http:\/\/(localhost|127\.0\.0\.1)([:/]|$)/.test(value), { error: ({ input }) => `OIDC_ISSUER=${String(input)} is not an https address: copy the issuer from your identity provider, for example https://login.example.com/realms/main.` }),
  OIDC_CLIENT_ID: text(),
  OIDC_CLIENT_SECRET: text(),
  OIDC_LABEL: text('Single sign-on'),
  WEBHOOK_ALLOW_PRIVATE: text('no').refine((value) => value === 'yes' || value === 'no', { error: ({ input }) => `WEBHOOK_ALLOW_PRIVATE=${String(input)} is neither yes nor no: write one of them.` }),
  CLOSE_GRACE: whole('CLOSE_GRACE', 15, 0, 1440, 'number of minutes'),
  LOG_LEVEL: text('info').refine((value) => ['debug', 'info', 'warn', 'error', 'silent'].includes(value), { error: ({ input }) => `LOG_LEVEL=${String(input)} is unknown: use debug, info, warn, error or silent.` }),
});
type Parsed = z.output<typeof schema>;

const togetherProblems = (env: NodeJS.ProcessEnv): string[] => {
  const set = (name: string): boolean => (env[name] ?? '').trim() !== '';
  const problems: string[] = [];
  const both = (one: string, other: string) => {
    if (set(one) && !set(other)) problems.push(`${other} is missing while ${one} is set: set both, or neither to use the built-in database.`);
  };
  both('DATABASE_URL', 'DATABASE_OWNER_URL');
  both('DATABASE_OWNER_URL', 'DATABASE_URL');
  if (set('DATABASE_URL') && env['DATABASE_URL']?.trim() === env['DATABASE_OWNER_URL']?.trim())
    problems.push('DATABASE_URL is the same as DATABASE_OWNER_URL: row security needs two roles, so name a role there that owns nothing (docs/configuration.md shows how to make it).');
  if (set('SMTP_URL') && set('SMTP_HOST')) problems.push('SMTP_URL and SMTP_HOST are both set: keep one of them.');
  if ((set('SMTP_URL') || set('SMTP_HOST')) && !set('SMTP_FROM')) problems.push('SMTP_FROM is missing while a mail server is set: name the sender, for example SMTP_FROM=lockstep@example.com.');
  if (!set('SMTP_URL') && !set('SMTP_HOST'))
    for (const name of ['SMTP_PORT', 'SMTP_USER', 'SMTP_PASSWORD'].filter(set)) problems.push(`${name} is set without a mail server: set SMTP_HOST, or remove ${name}.`);
  if (set('SMTP_HOST') && set('SMTP_PASSWORD') && !set('SMTP_USER')) problems.push('SMTP_USER is missing while SMTP_PASSWORD is set: set the login as well.');
  const oidc = ['OIDC_ISSUER', 'OIDC_CLIENT_ID', 'OIDC_CLIENT_SECRET'];
  if (oidc.some(set)) for (const name of oidc.filter((other) => !set(other))) problems.push(`${name} is missing: single sign-on needs ${oidc.join(', ')}; set it, or remove the others.`);
  return problems;
};

const smtpOf = (env: Parsed): Config['smtp'] => {
  if (env.SMTP_URL) return { url: env.SMTP_URL, from: env.SMTP_FROM };
  if (!env.SMTP_HOST) return null;
  const login = env.SMTP_USER ? `${encodeURIComponent(env.SMTP_USER)}:${encodeURIComponent(env.SMTP_PASSWORD)}@` : '';
  const host = isIP(env.SMTP_HOST) === 6 ? `[${env.SMTP_HOST}]` : env.SMTP_HOST;
  return { url: `${env.SMTP_PORT === 465 ? 'smtps' : 'smtp'}://${login}${host}:${env.SMTP_PORT}`, from: env.SMTP_FROM };
};

const WILDCARDS = ['0.0.0.0', '::'];

/** The first address of this machine that others on its network can use, or null. */
export const lanAddress = (): string | null =>
  Object.values(networkInterfaces()).flat().find((entry) => entry && entry.family === 'IPv4' && !entry.internal)?.address ?? null;

const originOf = (host: string, port: number, lan: string | null): string => {
  const name = WILDCARDS.includes(host) ? (lan ?? 'localhost') : host === '127.0.0.1' || host === '::1' ? 'localhost' : isIP(host) === 6 ? `[${host}]` : host;
  return `http://${name}${port === 80 ? '' : `:${port}`}`;
};

/**
 * The validated environment.
 * @param env `process.env`, or a table of its own in tests
 * @param lan this machine's address on its network, used in links when HOST is a wildcard
 * @throws ConfigError naming every problem and its mend
 */
export const readConfig = (env: NodeJS.ProcessEnv = process.env, lan: string | null = lanAddress()): Config => {
  const parsed = schema.safeParse(Object.fromEntries(VARIABLES.map(({ name }) => [name, env[name]])));
  const problems = [...(parsed.error?.issues.map((issue) => issue.message) ?? []), ...togetherProblems(env)];
  if (!parsed.success || problems.length > 0) throw new ConfigError(problems);
  const value = parsed.data;
  return {
    port: value.PORT,
    host: value.HOST,
    dataDir: resolve(value.DATA_DIR),
    baseUrl: value.BASE_URL ? new URL(value.BASE_URL).origin : originOf(value.HOST, value.PORT, lan),
    baseUrlGiven: value.BASE_URL !== '',
    database: value.DATABASE_URL ? { kind: 'server', appUrl: value.DATABASE_URL, ownerUrl: value.DATABASE_OWNER_URL } : { kind: 'embedded' },
    smtp: smtpOf(value),
    oidc: value.OIDC_ISSUER ? { issuer: value.OIDC_ISSUER, clientId: value.OIDC_CLIENT_ID, clientSecret: value.OIDC_CLIENT_SECRET, label: value.OIDC_LABEL } : null,
    closeGraceMs: value.CLOSE_GRACE * 60_000,
    webhookAllowPrivate: value.WEBHOOK_ALLOW_PRIVATE === 'yes',
    logLevel: value.LOG_LEVEL as LogLevel,
    warnings: misspelt(Object.keys(env)),
  };
};

/** Whether failures are shown with their traces: LOG_LEVEL=debug, read even when the rest is not valid. */
export const wantsTraces = (env: NodeJS.ProcessEnv = process.env): boolean => env['LOG_LEVEL'] === 'debug';
