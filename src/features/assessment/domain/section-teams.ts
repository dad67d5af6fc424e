import type { FunctionName } from '../../../lib/vocabulary';
import type { ClosedWave } from './answers';
import type { Team } from './compare';
import type { Section } from './instrument';
import { readSection, teamScore, type SectionScores } from './section-scores';
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

export const sectionTeams = (wave: ClosedWave, section: Section, people: WavePeople): SectionTeams => {
  const scores = readSection(wave.instrument, wave.toolIds, section, wave.answers);
  const asked = people.blocks.filter((block) => wasAsked(block, section.audience));
  const allowed = new Set(people.shownFor(scores.scores).map((block) => block.id));
  const teams = new Map<string, Team>();
  for (const { id } of asked) {
    if (allowed.has(id)) teams.set(id, { summary: teamScore(scores, people.rowsOf(id)), invited: people.invitedOf(id) });
  }
  return { scores, asked, teams };
};
