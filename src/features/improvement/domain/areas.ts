import { CAUSES, type Cause } from '../../../lib/vocabulary';

/** Sections of the C3 toolkit, each of which can be a problem area (MB ch. 5). */
export const SECTIONS = ['1a', '1b', '1c', '1d', '2', '3', '4', '5', '6', '7a', '7b', '7c', '8'] as const;
export type Section = (typeof SECTIONS)[number];

/** Sections with a good end, so that their score or gap can be an aim; worldview has none. */
export const SCORED = ['2', '3', '4', '5', '6', '7a', '7b', '7c', '8'] as const satisfies readonly Section[];
export type Scored = (typeof SCORED)[number];

export const AREAS = [...SECTIONS, ...CAUSES] as const;
export type Area = Section | Cause;

export const isScored = (id: string): id is Scored => (SCORED as readonly string[]).includes(id);
export const isCause = (id: string): id is Cause => (CAUSES as readonly string[]).includes(id);
