import type { stagePlaces } from './log-repo';
import type { StageRole } from './domain/stages';

type Places = Awaited<ReturnType<typeof stagePlaces>>;

/** The stage in use that stands for this, in the lead's own pipeline or else in any. */
export const roleStage = (places: Places, role: StageRole, pipelineId: string) => {
  const inUse = [...places.values()].filter((place) => place.role === role && !place.archivedAt);
  return inUse.find((place) => place.pipelineId === pipelineId) ?? inUse[0];
};
