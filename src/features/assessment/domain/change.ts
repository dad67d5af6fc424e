import { interval } from '../../../lib/statistics/welch';
import type { ResultsInput } from './answers';
import { compareTeams } from './compare';
import { shownInterval, tellsSpread } from './group-score';
import type { WaveChange } from './results-view';
import { toOneDecimal } from './rounding';
import { sectionTeams, type SectionTeams } from './section-teams';
import { wavePeople } from './wave-people';

type SectionChange = WaveChange['sections'][number];

const gapIn = ({ teams }: SectionTeams): number | undefined => {
  const sales = teams.get('sales');
  const marketing = teams.get('marketing');
  return sales && marketing ? toOneDecimal(sales.summary.mean - marketing.summary.mean) : undefined;
};

/** One section in two waves, treated as different people answering (ballots cannot be matched). Only blocks both waves show. */
const changeIn = (before: SectionTeams, now: SectionTeams): SectionChange[] => {
  const gapBefore = gapIn(before);
  const gapNow = gapIn(now);
  // What "the others" are differs from wave to wave.
  const comparable = now.asked.filter((block) => block.kind !== 'others');
  return comparable.flatMap(({ id, kind }) => {
    const then = before.teams.get(id);
    const today = now.teams.get(id);
    if (!then || !today) return [];
    const { corrected } = compareTeams(today, then);
    return [
      {
        sectionId: now.scores.section.id,
        blockId: id,
        before: toOneDecimal(then.summary.mean),
        now: toOneDecimal(today.summary.mean),
        difference: toOneDecimal(corrected.value),
        ci95: shownInterval(tellsSpread(then) && tellsSpread(today), interval(corrected, 0.95)),
        ...(kind === 'part' || gapBefore === undefined || gapNow === undefined ? {} : { gapBefore, gapNow }),
      },
    ];
  });
};

/** Change since the wave before, where instrument, scale, section ids and the way of scoring match. */
export const changeSince = (input: ResultsInput, sections: readonly SectionTeams[]): WaveChange | undefined => {
  const { previous, instrument } = input;
  if (!previous || previous.instrument.id !== instrument.id) return undefined;
  const sameScale = previous.instrument.scale.min === instrument.scale.min && previous.instrument.scale.max === instrument.scale.max;
  if (!sameScale) return undefined;
  const people = wavePeople(previous);
  const asked = previous.instrument.tools.filter((tool) => previous.toolIds.includes(tool.id)).flatMap((tool) => tool.sections);
  return {
    previousWaveId: previous.wave.id,
    previousName: previous.wave.name,
    turnover: previous.turnover,
    sections: sections.flatMap((now) => {
      const section = asked.find(({ id, scoring }) => id === now.scores.section.id && scoring === now.scores.section.scoring);
      return section ? changeIn(sectionTeams(previous, section, people), now) : [];
    }),
  };
};
