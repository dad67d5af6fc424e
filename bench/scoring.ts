import { closedWave } from '../src/features/assessment/domain/closed-wave.test-support';
import type { ResultsInput } from '../src/features/assessment/domain/answers';
import { readSection } from '../src/features/assessment/domain/section-scores';
import { waveResults } from '../src/features/assessment/domain/results';
import type { HeadCount } from '../src/features/assessment/domain/tree';

const TERRITORIES = Array.from({ length: 12 }, (_, index) => `Region ${index + 1}`);

/** 10,000 people who all answer: every salesperson 80 statements, every marketer 71, leadership 60. */
const counts: HeadCount[] = [
  ...TERRITORIES.flatMap((territory): HeadCount[] => [
    { function: 'sales', level: 'manager', territory, people: 50 },
    { function: 'sales', level: 'front_line', territory, people: 650 },
  ]),
  { function: 'marketing', level: 'manager', territory: '', people: 200 },
  { function: 'marketing', level: 'front_line', territory: '', people: 1300 },
  { function: 'leadership', level: 'leader', territory: '', people: 100 },
];

/** The sums a scoring must at least make: one pass over the same bytes, a mean per person and section. */
const plainPass = (ratings: Uint8Array, width: number, ends: readonly number[], means: Float64Array): void => {
  const people = ratings.length / width;
  for (let person = 0, cell = 0, out = 0; person < people; person += 1) {
    for (let section = 0; section < ends.length; section += 1) {
      const end = person * width + (ends[section] as number);
      let given = 0;
      let total = 0;
      for (; cell < end; cell += 1) {
        const code = ratings[cell] as number;
        if (code !== 0 && code !== 255) {
          given += 1;
          total += code;
        }
      }
      means[out++] = total / given;
    }
  }
};

const median = (values: number[]): number => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] as number;

const milliseconds = (work: () => void): number => {
  const start = performance.now();
  work();
  return performance.now() - start;
};

const repeat = (times: number, work: () => void): number => median(Array.from({ length: times }, () => milliseconds(work)));

const oneDecimal = (value: number): number => Math.round(value * 10) / 10;

/** 10,000 salespeople x 80 statements: what scoring costs beside the plain pass over the same numbers. */
const throughput = (): Record<string, unknown> => {
  const everyone: HeadCount[] = [{ function: 'sales', level: 'front_line', territory: '', people: 10_000 }];
  const wave = closedWave({ counts: everyone, response: 1 });
  const sections = wave.instrument.tools.flatMap((tool) => tool.sections).filter(({ audience }) => audience.includes('sales'));
  let end = 0;
  const ends = sections.map(({ statements }) => (end += statements.length));
  const flat = new Uint8Array(wave.answers.length * end);
  wave.answers.forEach(({ ratings }, person) => flat.set(ratings, person * end));
  const means = new Float64Array(wave.answers.length * ends.length);
  const score = () => sections.forEach((section) => readSection(wave.instrument, wave.toolIds, section, wave.answers));
  for (let warm = 0; warm < 10; warm += 1) {
    score();
    plainPass(flat, end, ends, means);
  }
  const scoring = repeat(31, score);
  const plain = repeat(31, () => plainPass(flat, end, ends, means));
  const ratings = flat.length;
  return {
    figure: 'scoring throughput',
    people: wave.answers.length,
    statements: end,
    scoringMs: oneDecimal(scoring),
    plainPassMs: oneDecimal(plain),
    ratio: oneDecimal(scoring / plain),
    millionRatingsPerSecond: oneDecimal(ratings / scoring / 1000),
  };
};

const shownFigures = (input: ResultsInput): number =>
  waveResults(input).tools.flatMap((tool) => tool.sections).reduce((sum, { groups, statements }) => sum + groups.length * (1 + statements.length), 0);

/** All sections, statements, groups, gaps and their method, through the gate; the first computation in this process, and later ones. */
const firstView = (): Record<string, unknown> => {
  const input = closedWave({ counts, response: 1 });
  let figures = 0;
  const first = milliseconds(() => {
    figures = shownFigures(input);
  });
  const again = repeat(7, () => {
    waveResults(input);
  });
  return { figure: 'results computed', people: input.answers.length, statements: 80, groups: input.blocks.length, figures, firstMs: Math.round(first), againMs: Math.round(again), barMs: 1000 };
};

export const run = async (): Promise<Record<string, unknown>[]> => [firstView(), throughput()];
