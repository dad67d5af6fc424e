import { FUNCTIONS } from '../../../lib/vocabulary';
import type { ResultsInput } from './answers';
import { changeSince } from './change';
import { smallestGapOn } from './compare';
import { gapsOf } from './gaps';
import { groupScore, hiddenGroup, openCells } from './group-score';
import { relationshipOf } from './relationship';
import type { GroupScore, WaveResults } from './results-view';
import { HIDDEN } from './rounding';
import { offsetsOf } from './section-scores';
import { sectionTeams, type SectionTeams } from './section-teams';
import { statementResults } from './statement-result';
import { wavePeople, type WavePeople } from './wave-people';
import { culturalDivide } from './worldview';

const groupsOf = (input: ResultsInput, { scores, asked, teams }: SectionTeams, people: WavePeople): GroupScore[] => {
  const { section } = scores;
  const open = openCells(input.answers, offsetsOf(input.instrument, input.toolIds, section), section.statements.length);
  return asked.map(({ id }) => {
    const team = teams.get(id);
    if (!team) return hiddenGroup(id);
    return groupScore(id, team, scores, people.rowsOf(id), open, input.instrument.scale);
  });
};

const responseOf = (input: ResultsInput): WaveResults['response'] =>
  FUNCTIONS.flatMap((name) => {
    const tree = input.trees.find((root) => root.path.function === name);
    if (!tree) return [];
    const block = input.blocks.find(({ kind, function: of }) => kind === 'function' && of === name);
    return [{ function: name, invited: tree.invited, answered: block ? block.n : HIDDEN }];
  });

/** Comments of functions that are shown, one list per function. */
const commentsOf = (input: ResultsInput): WaveResults['comments'] =>
  FUNCTIONS.flatMap((name) => {
    const shown = input.blocks.some(({ kind, function: of }) => kind === 'function' && of === name);
    const texts = input.comments.filter((comment) => comment.function === name).map((comment) => comment.text);
    return shown && texts.length > 0 ? [{ function: name, texts }] : [];
  });

/**
 * Everything a closed wave may tell, and nothing else: the disclosure gate decided which blocks are shown (`input.blocks`) and runs
 * again on each section's and statement's counts; figures appear from the number of people they need; one decimal throughout.
 */
export const waveResults = (input: ResultsInput): WaveResults => {
  const { instrument, toolIds, minimum, wave } = input;
  const people = wavePeople(input);
  const tools = instrument.tools.filter((tool) => toolIds.includes(tool.id));
  const sections = tools.flatMap((tool) => tool.sections).map((section) => sectionTeams(input, section, people));
  const smallestGap = smallestGapOn(instrument.scale, input.smallestGap);
  const gaps = gapsOf(sections, smallestGap);
  const results = sections.map((teams, index) => {
    const groups = groupsOf(input, teams, people);
    const { id: sectionId, neutral, scoring } = teams.scores.section;
    const statements = statementResults(teams.scores, groups, people, instrument.scale);
    return { sectionId, neutral, scoring, groups, ...gaps[index], statements };
  });
  return {
    wave,
    minimum,
    smallestGap,
    scale: { min: instrument.scale.min, max: instrument.scale.max },
    response: responseOf(input),
    blocks: people.blocks,
    tools: tools.map((tool) => ({ toolId: tool.id, sections: results.filter(({ sectionId }) => tool.sections.some(({ id }) => id === sectionId)) })),
    culturalDivide: culturalDivide(instrument.id, sections),
    relationship: relationshipOf(sections.map((teams, index) => ({ teams, groups: results[index]?.groups ?? [] }))),
    comments: commentsOf(input),
    change: changeSince(input, sections),
  };
};
