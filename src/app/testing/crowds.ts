import { relationshipCheck } from '../../features/assessment/domain/built-in';
import type { Crowd } from './survey';

/** The shortest questionnaire that ships: twenty statements on a five-point scale, the same for everybody. */
export const relationship = { id: relationshipCheck.id, version: relationshipCheck.version, toolIds: relationshipCheck.tools.map((tool) => tool.id) };

/** Six leaves of ten: five territories of sales, and marketing. */
export const sixLeaves: Crowd[] = [
  ...['North', 'South', 'East', 'West', 'Centre'].map((territory): Crowd => ({ function: 'sales', level: 'front_line', territory, people: 10 })),
  { function: 'marketing', level: 'front_line', territory: '', people: 10 },
];
