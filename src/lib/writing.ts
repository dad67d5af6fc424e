/** The header by which every answer of a server tells that it only reads, because its disk is almost full. */
export const WRITING_HEADER = 'lockstep-writing';
export const WRITING_PAUSED = 'paused';
