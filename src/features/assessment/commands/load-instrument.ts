import { isDeepStrictEqual } from 'node:util';
import { refuse } from '../../../platform/http/refusal';
import type { Scope } from '../../../platform/rpc/with-workspace';
import { instrumentOf } from '../ballots-repo';
import { builtInInstruments } from '../domain/built-in';
import type { Instrument } from '../domain/instrument';
import { isAskable } from '../domain/instrument-checks';
import { parseInstrumentFile } from '../instrument-file';
import { instrumentFile } from '../schema';

/** As it comes back from the database, which keeps neither the order of keys nor what is undefined. */
const asKept = (instrument: Instrument): unknown => JSON.parse(JSON.stringify(instrument));

/** Loads a customer's instrument file. A version never changes: the same file again changes nothing, another text under the same version is refused. */
export const loadInstrument = async (scope: Scope, text: string): Promise<Instrument> => {
  const read = parseInstrumentFile(text);
  if (!read.ok)
    throw refuse.invalid(
      `The file has ${read.errors.length} ${read.errors.length === 1 ? 'mistake' : 'mistakes'}. Nothing was saved.`, 'Mend the lines named and load it again.',
      read.errors.map((error) => ({ path: `${error.line}:${error.column} ${error.path}`.trim(), message: error.message })),
    );
  const { instrument } = read;
  if (!isAskable(instrument)) throw refuse.invalid('Its scale has more than 11 points, which no page can ask. Nothing was saved.', 'Such a file can be used to score answers on the command line only.');
  if (builtInInstruments.some((each) => each.id === instrument.id))
    throw refuse.conflict(`"${instrument.id}" is the id of a questionnaire that ships with Lockstep. Nothing was saved.`, 'Give your file an id of its own.');
  const there = await instrumentOf(scope.tx, instrument.id, instrument.version);
  if (there) {
    if (isDeepStrictEqual(there, asKept(instrument))) return there;
    throw refuse.conflict(`Version ${instrument.version} of "${instrument.id}" was loaded before with other content. Nothing was saved.`, 'Raise the version in the file, so that answers stay tied to the words they were given to.');
  }
  await scope.tx.insert(instrumentFile).values({ workspaceId: scope.workspaceId, instrumentId: instrument.id, version: instrument.version, definition: instrument, loadedBy: scope.me.userId, loadedAt: scope.now });
  await scope.audit({ action: 'instrument.loaded', subjectKind: 'instrument', subjectId: instrument.id, details: { version: instrument.version } });
  return instrument;
};
