import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { relationshipCheck } from '../features/assessment/domain/built-in';
import { createTestApp, type TestApp } from './testing/test-app';
import { device, launchSurvey, postTo, type Crowd, type Survey } from './testing/survey';

let app: TestApp;
let clock = new Date('2026-03-02T08:00:00Z');

const crowds: Crowd[] = [
  ...['North', 'South', 'East'].map((territory): Crowd => ({ function: 'sales', level: 'front_line', territory, people: 9 })),
  { function: 'marketing', level: 'front_line', territory: '', people: 8 },
  { function: 'leadership', level: 'leader', territory: '', people: 4 },
];
const relationship = { id: relationshipCheck.id, version: relationshipCheck.version, toolIds: relationshipCheck.tools.map((tool) => tool.id) };

beforeAll(async () => {
  app = await createTestApp({ now: () => clock });
});
afterAll(() => app.close());

describe('one answer, from the link to the box', () => {
  let survey: Survey;
  beforeAll(async () => {
    survey = await launchSurvey(app.services, crowds, relationship);
  });
  const post = (path: string, body: unknown) => postTo(app.request)(path, body);

  test('opens, picks up, sends', async () => {
    expect(survey.launched).toMatchObject({ invited: 35, notAsked: ['leadership'] });
    const phone = device(post, survey, survey.invited[0]!);
    const page = await phone.open();
    expect(page).toMatchObject({ workspaceName: 'Northwind', h: survey.launched.listHash, minimum: 5 });
    const request = await phone.answer(() => 3, 'fine');
    expect(await (await phone.send(request)).json()).toEqual({ received: true });
  });
});
