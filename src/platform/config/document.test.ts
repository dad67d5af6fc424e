import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readConfig } from './config';
import { configurationPage } from './document';
import { VARIABLES } from './variables';

test('docs/configuration.md is what the table of variables says', async () => {
  await expect(configurationPage()).toMatchFileSnapshot('../../../docs/configuration.md');
});

test('every example in it is accepted', () => {
  const examples = Object.fromEntries(VARIABLES.map(({ name, example }) => [name, example]));
  const { SMTP_URL: _, ...parts } = examples;
  expect(readConfig(parts, null)).toMatchObject({ port: 8080, host: '0.0.0.0', database: { kind: 'server' }, smtp: { from: examples['SMTP_FROM'] }, closeGraceMs: 0 });
  expect(readConfig({ SMTP_URL: examples['SMTP_URL'] ?? '', SMTP_FROM: 'a@example.com' }, null).smtp?.url).toBe(examples['SMTP_URL']);
});

test('every fallback in it is what an empty environment gives', () => {
  const fallbacks = Object.fromEntries(VARIABLES.filter(({ name, fallback }) => fallback && name !== 'BASE_URL' && !/^(SMTP|OIDC)_/.test(name)).map(({ name, fallback }) => [name, fallback]));
  expect(readConfig(fallbacks, null)).toEqual(readConfig({}, null));
});

test('nothing else reads variables that are not in it', () => {
  const source = ['config.ts', 'child-env.ts', 'testing.ts'].map((file) => readFileSync(new URL(file, import.meta.url), 'utf8')).join('\n');
  const named = [...source.matchAll(/env\['([A-Z_]+)'\]/g)].map(([, name]) => name);
  const known = [...VARIABLES.map(({ name }) => String(name)), 'PATH', 'SystemRoot', 'TEST_DATABASE_URL', 'LOCKSTEP_KILLS', 'LOCKSTEP_KILLS_LOG'];
  expect(named.length).toBeGreaterThan(0);
  expect(named.filter((name) => !known.includes(name ?? ''))).toEqual([]);
});
