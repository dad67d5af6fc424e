import { functionName } from '../../../../ui/function-mark';
import type { WaveResults } from '../../domain/results-view';
import { said, t } from './text';

type Block = WaveResults['blocks'][number];

/** What a part of a function is called, without the function's name: "Front line, North". */
export const partName = (path: Block['path']): string => {
  const levels = path?.levels?.map((level) => said(`level.${level}`)).join(' + ');
  const territories = path?.territories?.toSorted((a, b) => Number(a === '') - Number(b === '')).map((territory) => territory || t('group.noTerritory')).join(' + ');
  return [levels, territories].filter(Boolean).join(', ');
};

/** How deep a group lies below its function: 1 right beneath it. */
export const depthOf = (block: Block, blocks: readonly Block[]): number => {
  const parent = blocks.find(({ id }) => id === block.parent);
  return parent && parent.kind === 'part' ? 1 + depthOf(parent, blocks) : 1;
};

/** A group's name beneath its parent's row: only what the parent has not said yet. */
export const nestedLabel = (block: Block, blocks: readonly Block[]): string => {
  const parent = blocks.find(({ id }) => id === block.parent);
  if (block.kind !== 'part' || !block.path) return groupLabel(block);
  const { levels, territories, function: fn } = block.path;
  const same = (a: readonly string[] | undefined, b: readonly string[] | undefined) => a?.join() === b?.join();
  const own = { function: fn, ...(levels && !same(levels, parent?.path?.levels) ? { levels } : {}), ...(territories && !same(territories, parent?.path?.territories) ? { territories } : {}) };
  return partName(own) || groupLabel(block);
};

/** A group's name beneath its function's row. */
export const groupLabel = (block: Block): string => {
  if (block.kind === 'overall') return said('group.overall');
  if (block.kind === 'function' && block.function) return functionName(block.function);
  if (block.kind === 'others') return said('group.others', { function: block.function ? functionName(block.function) : '' });
  return partName(block.path) || block.id;
};

/** The same, standing alone: "Sales: front line, North". */
export const fullGroupLabel = (block: Block): string =>
  block.kind === 'part' && block.function ? said('group.part', { function: functionName(block.function), part: groupLabel(block) }) : groupLabel(block);
