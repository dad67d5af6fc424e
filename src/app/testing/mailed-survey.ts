import { addMember } from '../../features/workspace/repo';
import type { WaveSetup } from '../../features/assessment/domain/wave-setup';
import { relationship } from './crowds';
import type { Desk } from './mail-desk';
import { launchSurvey, type Crowd, type Survey } from './survey';

/** The minute's look after every survey, and every job that it or a call asked for; `times` at once, as several servers would. */
export const tick = async (desk: Desk, times = 1): Promise<void> => {
  await desk.app.runJob('assessment-tend', {});
  const jobs = desk.queued.splice(0).filter(({ name }) => name.startsWith('assessment-') && name !== 'assessment-tend');
  for (const { name, data } of jobs) await Promise.all(Array.from({ length: times }, () => desk.app.runJob(name, data)));
};

/** A launched survey whose workspace the desk's owner runs. */
export const mailedSurvey = async (desk: Desk, crowds: Crowd[], setup: Partial<WaveSetup> = {}): Promise<Survey> => {
  const { services } = desk.app;
  const survey = await launchSurvey(services, crowds, relationship, setup);
  const { userId, email } = desk.owner;
  await services.db.inWorkspace(survey.workspaceId, (tx) => addMember(tx, { workspaceId: survey.workspaceId, userId, name: 'Olga Owner', email, role: 'owner', personId: null, joinedAt: desk.now() }));
  return survey;
};

/** Two functions of this size, without levels or territories to tell apart. */
export const twoFunctions = (people: number): Crowd[] => (['sales', 'marketing'] as const).map((name): Crowd => ({ function: name, level: 'front_line', territory: '', people }));
