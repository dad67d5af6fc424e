import { plain } from '../../../lib/plain';
import { STAGE_ROLES, type StageRole } from './stages';
import words from './stage-words.json';

const ROLE_OF: ReadonlyMap<string, StageRole> = new Map(STAGE_ROLES.flatMap((role) => [role, ...words[role]].map((word): [string, StageRole] => [plain(word), role])));

/** What a system's word for a stage or status usually means, or nothing. */
export const usualRole = (word: string): StageRole | undefined => ROLE_OF.get(plain(word));
