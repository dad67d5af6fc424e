import type { WorkspaceTx } from '../../platform/db/database';
import { builtInInstruments } from './domain/built-in';
import type { Instrument } from './domain/instrument';
import { loadedInstruments } from './waves-repo';

/** What can be asked here: the instruments that ship, then the newest version of each one the workspace loaded. */
export const instrumentsHere = async (tx: WorkspaceTx): Promise<Instrument[]> => {
  const loaded = new Map((await loadedInstruments(tx)).map(({ definition }) => [definition.id, definition]));
  return [...builtInInstruments, ...loaded.values()];
};
