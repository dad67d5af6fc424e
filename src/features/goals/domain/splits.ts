/** What metrics and leads can be split by. */
export const SPLITS = ['none', 'origin', 'channel', 'medium'] as const;
export type MetricSplit = (typeof SPLITS)[number];
