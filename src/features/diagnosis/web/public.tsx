import type { EvidenceId } from '../domain/causes';
import { t } from './text';

/** What a piece of evidence is called, for pages that lean on the diagnosis. */
export const evidenceName = (id: string): string => t(`ev.${id as EvidenceId}`);
