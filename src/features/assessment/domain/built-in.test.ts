import { describe, expect, it } from 'vitest';
import { FUNCTIONS, type FunctionName } from '../../../lib/vocabulary';
import { builtInInstruments, c3Toolkit, relationshipCheck } from './built-in';
import { sectionsFor } from './instrument';

const sections = c3Toolkit.tools.flatMap((tool) => tool.sections);
const allTools = c3Toolkit.tools.map((tool) => tool.id);
const both: FunctionName[] = ['sales', 'marketing', 'leadership'];

describe('the C3 toolkit, as its source counts it', () => {
  it.each<[string, number, FunctionName[]]>([
    ['1a', 7, ['sales']], ['1b', 7, ['sales']], ['1c', 6, ['marketing']], ['1d', 5, ['marketing']],
    ['2', 10, both], ['3', 10, both], ['4', 8, both], ['5', 7, both], ['6', 15, both],
    ['7a', 4, both], ['7b', 3, both], ['7c', 3, both], ['8', 6, ['sales']],
  ])('section %s has %i statements for %j', (id, count, audience) => {
    const section = sections.find((one) => one.id === id);
    expect(section?.statements.map((one) => one.id)).toEqual(Array.from({ length: count }, (_, i) => `${id}.${i + 1}`));
    expect(section?.audience).toEqual(audience);
  });

  it('has eight tools and thirteen sections', () => {
    expect(allTools).toEqual(['1', '2', '3', '4', '5', '6', '7', '8']);
    expect(sections).toHaveLength(13);
  });

  it.each<[FunctionName, number]>([['sales', 80], ['marketing', 71], ['leadership', 60]])('%s answers %i statements', (audience, total) => {
    const asked = sectionsFor(c3Toolkit, allTools, audience).flatMap((section) => section.statements);
    expect(asked).toHaveLength(total);
  });

  it.each([
    ['currents', ['1', '2', '3']], ['characteristics', ['4', '5', '6']], ['consequences', ['7', '8']],
  ])('step %s holds tools %j', (step, ids) => {
    expect(c3Toolkit.tools.filter((tool) => tool.step === step).map((tool) => tool.id)).toEqual(ids);
  });

  it('cuts every section at 3 and 4.5, both borders belonging to the middle', () => {
    for (const section of sections)
      expect(section.bands.map(({ id, upTo, inclusive }) => ({ id, upTo, inclusive: inclusive ?? false }))).toEqual([
        { id: 'low', upTo: 3, inclusive: false }, { id: 'middle', upTo: 4.5, inclusive: true }, { id: 'high', upTo: undefined, inclusive: false },
      ]);
  });

  it('calls the four worldview sections, and only them, neutral', () => {
    expect(sections.filter((section) => section.neutral).map((section) => section.id)).toEqual(['1a', '1b', '1c', '1d']);
  });

  it('reads a gap wherever both functions answer', () => {
    for (const section of sections) expect(Boolean(section.gapReading), section.id).toBe(section.audience.length === 3);
  });
});

describe('the relationship check', () => {
  const section = relationshipCheck.tools[0]?.sections[0];
  it('has twenty statements on a scale of five, summed', () => {
    expect(section?.id).toBe('relationship');
    expect(section?.scoring).toBe('sum');
    expect(section?.statements.map((one) => one.id)).toEqual(Array.from({ length: 20 }, (_, i) => `rc.${i + 1}`));
    expect([relationshipCheck.scale.min, relationshipCheck.scale.max]).toEqual([1, 5]);
    expect(section?.audience).toEqual(FUNCTIONS);
  });
  it('cuts the sum below 40, 60 and 80', () => {
    expect(section?.bands.map(({ id, upTo, inclusive }) => [id, upTo, inclusive])).toEqual([
      ['undefined', 40, undefined], ['defined', 60, undefined], ['aligned', 80, undefined], ['integrated', undefined, undefined],
    ]);
  });
});

it('no id is used twice in an instrument', () => {
  for (const instrument of builtInInstruments) {
    const ids = instrument.tools.flatMap((tool) => tool.sections.flatMap((one) => one.statements.map((statement) => statement.id)));
    expect(new Set(ids).size).toBe(ids.length);
  }
});
