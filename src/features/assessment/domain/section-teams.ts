import type { FunctionName } from '../../../lib/vocabulary';
import type { ClosedWave } from './answers';
import type { Team } from './compare';
import type { Scale, Section } from './instrument';
import { withinCap } from './rounding';
import { readSection, teamScore, type SectionScores } from './section-scores';
import { DETAIL_FROM } from './thresholds';
import type { ShownBlock } from './tree.types';
import type { WavePeople } from './wave-people';

/** One section of a closed wave: everybody's scores, and the teams that the gate lets out for it, unrounded. */
export type SectionTeams = {
  scores: SectionScores;
  /** Blocks whose people were asked this section, shown or not. */
  asked: ShownBlock[];
  /** By block id; only blocks that may be shown for this section. */
  teams: ReadonlyMap<string, Team>;
};

const wasAsked = (block: ShownBlock, audience: readonly FunctionName[]): boolean =>
  block.kind === 'overall' ? audience.includes('sales') && audience.includes('marketing') : block.function !== undefined && audience.includes(block.function);

/**
 * A section's mean at the very end of the scale would undo the cap of its statements: it stops as far short of it. A section of one
 * statement is that statement, so that its spread waits for as many people.
 */
const teamOf = (scores: SectionScores, rows: Int32Array, invited: number | undefined, scale: Scale): Team => {
  const summary = teamScore(scores, rows);
  const { scoring, statements } = scores.section;
  const mean = withinCap(summary.mean, scale, scoring === 'sum' ? statements.length : 1);
  return { summary: { ...summary, mean }, invited, atEnd: mean !== summary.mean, ...(statements.length === 1 ? { spreadFrom: DETAIL_FROM } : {}) };
};

/** How many people of each part have a score. */
const withScore = ({ scores }: SectionScores, { partOfRow, parts }: WavePeople): Int32Array => {
  const counts = new Int32Array(parts);
  for (let row = 0; row < scores.length; row += 1) {
    const part = partOfRow[row] as number;
    if (part >= 0 && !Number.isNaN(scores[row])) counts[part] = (counts[part] as number) + 1;
  }
  return counts;
};

export const sectionTeams = (wave: ClosedWave, section: Section, people: WavePeople): SectionTeams => {
  const scores = readSection(wave.instrument, wave.toolIds, section, wave.answers);
  const asked = people.blocks.filter((block) => wasAsked(block, section.audience));
  const allowed = new Set(people.shownFor(withScore(scores, people)).map((block) => block.id));
  const teams = new Map<string, Team>();
  for (const { id } of asked) {
    if (allowed.has(id)) teams.set(id, teamOf(scores, people.rowsOf(id), people.invitedOf(id), wave.instrument.scale));
  }
  return { scores, asked, teams };
};
