import catalogue from '../messages/catalogue.en.json';
import { texts } from '../../../ui/texts';
import type { Problem } from './calls';
import { listed } from './text';

export const tc = texts(catalogue);

/** What was chosen for a problem, in one line. */
export const chosenNames = (problem: Problem): string => listed(problem.solutions.map(({ solution }) => tc(`sol.${solution}`)));
