import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { tracingSettings } from '../platform/doctor/server-settings';
import { databaseFindings } from '../platform/doctor/database';
import { asOwner } from './testing/dump';
import { launchSurvey } from './testing/survey';
import { relationship, sixLeaves } from './testing/crowds';
import { createTestApp, type TestApp } from './testing/test-app';
import type { Services } from '../platform/rpc/context';

/** A server of somebody else's, whose settings hold for one database here, so that no other test meets them. */

const SAFE = ["log_statement = 'none'", 'log_parameter_max_length = 0', 'log_parameter_max_length_on_error = 0', "log_min_duration_statement = '-1'"];
let app: TestApp;
let foreign: Services;
let database = '';
const role = () => decodeURIComponent(new URL(app.appUrl).username);
const set = (assignment: string) => asOwner(app.ownerUrl, `alter database ${database} set ${assignment}`);
const urls = () => ({ ownerUrl: app.ownerUrl, appUrl: app.appUrl });
const settingsSaid = async () => (await databaseFindings(urls(), true, () => Promise.resolve(true))).filter(({ about }) => about === 'database settings');

beforeAll(async () => {
  app = await createTestApp();
  database = new URL(app.ownerUrl).pathname.slice(1);
  foreign = { ...app.services, config: { ...app.services.config, database: { kind: 'server', ...urls() } } };
  for (const assignment of SAFE) await set(assignment);
});
afterAll(() => app.close());

describe('a server that logs statements', () => {
  test('is no fault while it keeps no trace', async () => {
    expect(await tracingSettings(app.appUrl)).toEqual([]);
    expect((await settingsSaid()).filter(({ say, state }) => state === 'fault' && /^log_|^track_/.test(say))).toEqual([]);
  });

  test.each([
    ["log_statement = 'all'", 'log_statement is all'],
    ['log_statement = mod', 'log_statement is mod'],
    ['log_parameter_max_length = 64', 'log_parameter_max_length is 64'],
    ['log_min_duration_statement = 0', 'log_min_duration_statement is 0'],
  ])('%s is a fault that names the mend, and no survey is launched until it is mended', async (assignment, said) => {
    const name = assignment.split(' ')[0] ?? '';
    await set(assignment);
    const findings = await settingsSaid();
    const mend = `ALTER DATABASE "${database}" RESET ${name}`;
    expect(findings).toContainEqual(expect.objectContaining({ state: 'fault', say: expect.stringContaining(said) as string, mend: expect.stringContaining(mend) as string }));
    await expect(launchSurvey(foreign, sixLeaves, relationship)).rejects.toMatchObject({
      code: 'CONFLICT', message: expect.stringMatching(new RegExp(`${said}.*Nothing was launched`)) as string, data: { saved: false, todo: expect.stringContaining(mend) as string },
    });
    const launched = await asOwner<{ n: number }>(app.ownerUrl, `select count(*)::int as n from wave where state <> 'draft'`);
    expect(launched).toEqual([{ n: 0 }]);
    await set(SAFE.find((each) => each.startsWith(`${name} `)) ?? '');
    expect(await tracingSettings(app.appUrl)).toEqual([]);
  });

  test('only for the serving role is found as well, where the owner’s own connection shows nothing', async () => {
    await asOwner(app.ownerUrl, `alter role ${role()} in database ${database} set log_statement = 'all'`);
    expect(await asOwner(app.ownerUrl, 'show log_statement')).toEqual([{ log_statement: 'none' }]);
    expect((await settingsSaid()).map(({ mend }) => mend)).toContainEqual(expect.stringContaining(`ALTER ROLE "${role()}" IN DATABASE "${database}" RESET log_statement`));
    await expect(launchSurvey(foreign, sixLeaves, relationship)).rejects.toMatchObject({ code: 'CONFLICT' });
    await asOwner(app.ownerUrl, `alter role ${role()} in database ${database} reset log_statement`);
  });

  test('launches once nothing is traced any more', async () => {
    const { launched } = await launchSurvey(foreign, sixLeaves, relationship);
    expect(launched.invited).toBe(60);
  });
});
