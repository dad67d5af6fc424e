import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { tendWaves } from '../features/assessment/jobs';
import { addMember } from '../features/workspace/repo';
import { relationship, sixLeaves } from './testing/crowds';
import { device, launchSurvey, postTo, waveRow, type Survey } from './testing/survey';
import { createTestApp, type Person, type TestApp } from './testing/test-app';

/** The ways in which asking ends: its time, "close now", and the removal of the workspace. */

const MINUTE = 60_000;
let app: TestApp;
let owner: Person;
let clock = new Date('2026-03-02T08:00:00Z');
const tick = (ms: number) => void (clock = new Date(clock.getTime() + ms));
const keyFile = (survey: Survey) => join(app.dataDir, 'wave-keys', survey.waveId);
const stateOf = async (survey: Survey) => (await waveRow(app.services, survey))?.state;

/** Makes the signed-in owner a member of a workspace that a test made without one. */
const joinAsOwner = async (survey: Survey) => {
  await app.db.inWorkspace(survey.workspaceId, async (tx) => {
    await addMember(tx, { workspaceId: survey.workspaceId, userId: owner.userId, name: 'Olga Owner', email: owner.email, role: 'owner', personId: null, joinedAt: clock });
  });
};

beforeAll(async () => {
  app = await createTestApp({ now: () => clock, config: { closeGraceMs: 15 * MINUTE } });
  owner = await app.signUp('Olga Owner');
});
afterAll(() => app.close());

describe('a survey whose time is over', () => {
  test('is closing until the grace is over: takes ballots handed out before, hands out none, is not opened again, then closes', async () => {
    const survey = await launchSurvey(app.services, sixLeaves, relationship);
    await joinAsOwner(survey);
    const ids = { workspace: survey.workspaceId, wave: survey.waveId };
    const phones = survey.invited.slice(0, 2).map((invited) => device(postTo(app.request), survey, invited));
    const sealed = await phones[0]?.answer(() => 3);
    tick(7 * 86_400_000 + MINUTE);
    await tendWaves(app.services);
    expect(await stateOf(survey)).toBe('closing');
    expect(existsSync(keyFile(survey))).toBe(true);
    expect((await phones[1]?.pickUp())?.status).toBe(410);
    expect(sealed && (await phones[0]?.send(sealed))?.status).toBe(200);
    await expect(owner.client.assessment.extend({ ...ids, closesAt: new Date(clock.getTime() + 86_400_000).toISOString() })).rejects.toMatchObject({ code: 'CONFLICT' });
    tick(15 * MINUTE);
    await tendWaves(app.services);
    expect(await stateOf(survey)).toBe('closed');
    expect(existsSync(keyFile(survey))).toBe(false);
  });

  test('is not extended in the minute before that is noted either', async () => {
    const survey = await launchSurvey(app.services, sixLeaves, relationship);
    await joinAsOwner(survey);
    tick(7 * 86_400_000 + 1_000);
    expect(await stateOf(survey)).toBe('open');
    await expect(owner.client.assessment.extend({ workspace: survey.workspaceId, wave: survey.waveId, closesAt: new Date(clock.getTime() + 86_400_000).toISOString() })).rejects.toMatchObject({ code: 'CONFLICT' });
  });

  test('by "close now" is closing at once', async () => {
    const survey = await launchSurvey(app.services, sixLeaves, relationship);
    await joinAsOwner(survey);
    tick(MINUTE);
    const view = await owner.client.assessment.close({ workspace: survey.workspaceId, wave: survey.waveId });
    expect([view.state, await stateOf(survey)]).toEqual(['closing', 'closing']);
    tick(15 * MINUTE);
    await tendWaves(app.services);
    expect(await stateOf(survey)).toBe('closed');
  });
});

describe('a workspace that is removed while a survey is open', () => {
  test('takes the survey’s key file along in the same act, and signs no ballot any more', async () => {
    const survey = await launchSurvey(app.services, sixLeaves, relationship);
    const other = await launchSurvey(app.services, sixLeaves, relationship);
    await joinAsOwner(survey);
    const phone = device(postTo(app.request), survey, survey.invited[0] ?? { invitationId: '', personId: null, leafId: '', token: '', code: '' });
    await phone.open();
    await expect(owner.client.workspace.remove({ workspace: survey.workspaceId, confirmName: 'Southwind' })).rejects.toMatchObject({ code: 'INVALID' });
    expect(existsSync(keyFile(survey))).toBe(true);
    await owner.client.workspace.remove({ workspace: survey.workspaceId, confirmName: 'Northwind' });
    expect(existsSync(keyFile(survey))).toBe(false);
    expect((await phone.pickUp()).status).toBe(404);
    expect(existsSync(keyFile(other))).toBe(true);
  });
});
