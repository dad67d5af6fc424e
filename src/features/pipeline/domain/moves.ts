import type { StageEnd } from './stages';

export type StagePlace = { id: string; pipelineId: string; position: number; end: StageEnd };

export const isBackward = (from: StagePlace, to: StagePlace): boolean => from.pipelineId === to.pipelineId && to.end === 'open' && to.position < from.position;

/** Whoever moves a lead back, away or out says why: the other side reads it. */
export const needsReason = (from: StagePlace, to: StagePlace): boolean => from.id !== to.id && (to.end === 'lost' || to.end === 'recycled' || isBackward(from, to));
