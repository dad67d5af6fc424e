import type { Locale, Side } from '../../lib/vocabulary';
import type { WaveRow } from './ballots-repo';
import type { WaveResults } from './domain/results-view';
import { readableInstrument } from './present';

/** What a results page needs: gated figures and the words that go with them. */
export const present = (workspace: { name: string; leftSide: Side }, results: WaveResults, row: WaveRow, locale: Locale) => {
  if (!row.instrument) throw new Error('a closed wave keeps its instrument');
  return { workspaceName: workspace.name, leftSide: workspace.leftSide, results, instrument: readableInstrument(row.instrument, row.setup.toolIds, locale) };
};

/** Without comments: whoever recognises a wording should at least belong to the workspace. */
export const withoutComments = <T extends { results: WaveResults }>(answer: T): T => ({ ...answer, results: { ...answer.results, comments: [] } });
