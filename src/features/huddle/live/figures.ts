import type { WorkspaceTx } from '../../../platform/db/database';
import type { Standing } from '../../../platform/rpc/context';
import { FUNCTIONS, type FunctionName } from '../../../lib/vocabulary';
import { latestIsPublished, resultsLatest, type WaveResults } from '../../assessment/public';
import type { ShownTool } from '../domain/operation';

type Block = WaveResults['blocks'][number];

const blockOf = (blocks: readonly Block[], of: FunctionName): Block | undefined => blocks.find((each) => each.kind === 'function' && each.function === of);

/** A tool's figures by function as the disclosure gate lets them out; what it hides is null here as well. */
export const toolFigures = (results: WaveResults, tool: string): ShownTool => ({
  tool, wave: results.wave.name, closedAt: results.wave.closedAt,
  sections: results.tools.filter(({ toolId }) => toolId === tool).flatMap(({ sections }) => sections).map(({ sectionId, groups, gap }) => ({
    id: sectionId, verdict: gap?.verdict ?? null, difference: gap?.difference ?? null,
    groups: FUNCTIONS.flatMap((of) => {
      const block = blockOf(results.blocks, of);
      const group = groups.find(({ blockId }) => blockId === block?.id);
      return group ? [{ function: of, mean: typeof group.mean === 'number' ? group.mean : null, n: typeof group.mean === 'number' ? group.n : 0 }] : [];
    }),
  })),
});

/** Null when there is no survey that whoever leads may show, or it did not ask this tool. */
export const figuresOf = async (tx: WorkspaceTx, me: Standing, tool: string): Promise<ShownTool | null> => {
  const results = await resultsLatest(tx, me);
  const figures = results ? toolFigures(results, tool) : null;
  return figures && figures.sections.length > 0 ? figures : null;
};

/** Every tool that was asked, as whoever asks may see it; none where there is no survey they may show. */
export const allFigures = async (tx: WorkspaceTx, me: Standing): Promise<ShownTool[]> => {
  const results = await resultsLatest(tx, me);
  return (results?.tools ?? []).flatMap(({ toolId }) => (results ? [toolFigures(results, toolId)] : []));
};

/** By tool, the functions whose figures would be shown. */
export const readyTools = async (tx: WorkspaceTx, me: Standing) => {
  const results = await resultsLatest(tx, me);
  const tools = (results?.tools ?? []).map(({ toolId }) => toolId);
  return {
    survey: results ? { name: results.wave.name, closedAt: results.wave.closedAt, published: await latestIsPublished(tx) } : null,
    tools: tools.map((tool) => ({ tool, shown: results ? FUNCTIONS.filter((of) => toolFigures(results, tool).sections.some(({ groups }) => groups.some((group) => group.function === of && group.mean !== null))) : [] })),
  };
};
