import type { GroupScore, RelationshipResult } from './results-view';
import { isHidden } from './results-view';
import type { SectionTeams } from './section-teams';

type Type = RelationshipResult['groups'][number]['type'];
const TYPES: readonly string[] = ['undefined', 'defined', 'aligned', 'integrated'] satisfies Type[];
const isType = (band: string): band is Type => TYPES.includes(band);

/** The relationship type of each shown group (KRK): present when a section read as a sum has the four types as its bands. */
export const relationshipOf = (sections: readonly { teams: SectionTeams; groups: readonly GroupScore[] }[]): RelationshipResult | undefined => {
  const found = sections.find(({ teams: { scores } }) => scores.section.scoring === 'sum' && scores.section.bands.every((band) => isType(band.id)));
  if (!found || found.teams.scores.section.bands.length === 0) return undefined;
  return {
    groups: found.groups.flatMap(({ blockId, n, mean, band }) =>
      isHidden(mean) || isHidden(band) || !isType(band) ? [] : [{ blockId, n, sum: mean, type: band }],
    ),
  };
};
