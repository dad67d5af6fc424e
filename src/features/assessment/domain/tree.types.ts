import type { FunctionName, Level } from '../../../lib/vocabulary';

/** How a function's reporting tree splits first (anonymity.md B). */
export type TreeShape = 'level' | 'territory';

/** What one node stands for: some levels and/or some territories of one function. Absent = all. */
export type NodePath = { function: FunctionName; levels?: Level[]; territories?: string[] };

/**
 * One reporting tree per function, frozen at launch. Leaves are what a ballot key is bound to.
 * `id` is stable inside the wave, e.g. "sales", "sales/front_line", "sales/front_line/North".
 */
export type TreeNode = { id: string; path: NodePath; invited: number; children: TreeNode[] };

/** The disclosure rules a wave was launched with. */
export type Minimum = { general: number; leadership: number };

/** A block the gate lets out: one node, or several hidden siblings shown as one ("the others"), or both sides together. */
export type ShownBlock = {
  id: string;
  kind: 'function' | 'part' | 'others' | 'overall';
  /** Root function; absent for `overall`. */
  function?: FunctionName;
  /** Node ids whose answers the block holds; `parent` is the node it was split from. */
  nodes: string[];
  parent?: string;
  n: number;
};
