import { bandOf } from './bands';
import type { CulturalDivide, OwnRole, RoleExpectation } from './results-view';
import { toOneDecimal } from './rounding';
import type { SectionTeams } from './section-teams';

type Finding = Pick<CulturalDivide, 'finding' | 'fromSource'>;

/** Each function's picture of its own role, by band id. The source reads two combinations; the other two readings are this product's. */
export const findingFor = (salesBand: string, marketingBand: string): Finding => {
  if (salesBand === 'high' && marketingBand === 'high') return { finding: 'power_struggle', fromSource: true };
  if (salesBand === 'low' && marketingBand === 'high') return { finding: 'separate_roles', fromSource: true };
  if (salesBand === 'low' && marketingBand === 'low') return { finding: 'nobody_claims_strategy', fromSource: false };
  return { finding: 'mixed', fromSource: false };
};

const roleIn = (sections: readonly SectionTeams[], sectionId: string, side: 'sales' | 'marketing'): OwnRole | undefined => {
  const found = sections.find(({ scores }) => scores.section.id === sectionId);
  const team = found?.teams.get(side);
  const band = found && team ? bandOf(found.scores.section.bands, team.summary.mean) : undefined;
  return team && band ? { band: band.id, mean: toOneDecimal(team.summary.mean) } : undefined;
};

/** One function's own role (`own`) beside what the other expects of it. */
const expectation = (sections: readonly SectionTeams[], of: 'sales' | 'marketing', own: string, expected: string): RoleExpectation[] => {
  const ownRole = roleIn(sections, own, of);
  const expectedRole = roleIn(sections, expected, of === 'sales' ? 'marketing' : 'sales');
  return ownRole && expectedRole ? [{ of, own: { sectionId: own, ...ownRole }, expected: { sectionId: expected, ...expectedRole } }] : [];
};

/** Worldview of the C3 toolkit (MB ch. 5): own role against own role, 1a and 1c. Undefined unless both sides are shown there. */
export const culturalDivide = (instrumentId: string, sections: readonly SectionTeams[]): CulturalDivide | undefined => {
  if (instrumentId !== 'c3') return undefined;
  const salesOwnRole = roleIn(sections, '1a', 'sales');
  const marketingOwnRole = roleIn(sections, '1c', 'marketing');
  if (!salesOwnRole || !marketingOwnRole) return undefined;
  return {
    salesOwnRole,
    marketingOwnRole,
    ...findingFor(salesOwnRole.band, marketingOwnRole.band),
    expectations: [...expectation(sections, 'sales', '1a', '1d'), ...expectation(sections, 'marketing', '1c', '1b')],
  };
};
