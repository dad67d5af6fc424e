import { generatedContacts } from '../src/features/customers/domain/matching/generated.test-support';
import { link } from '../src/features/customers/domain/matching/link';

const SIZE = 100_000;
const BAR_SECONDS = 60;

/** How long `work` takes, and the most memory the process has held by its end, in MB. */
const peakOf = <Result>(work: () => Result): { result: Result; seconds: number; peakMb: number } => {
  const started = performance.now();
  const result = work();
  return { result, seconds: (performance.now() - started) / 1000, peakMb: Math.round(process.resourceUsage().maxRSS / 1024) };
};

const keyOf = ({ a, b }: { a: string; b: string }): string => `${a}|${b}`;

/** Contacts as two systems hold them, with known truth: colleagues, relatives, namesakes and shared mailboxes among them. */
export const run = async (): Promise<Record<string, unknown>[]> => {
  const generated = generatedContacts(SIZE, 1);
  const [marketing, crm] = [generated.marketing.slice(0, SIZE), generated.crm.slice(0, SIZE)];
  const [inMarketing, inCrm] = [marketing, crm].map((side) => new Set(side.map(({ key }) => key))) as [Set<string>, Set<string>];
  const truth = new Set([...generated.truth].filter((pair) => inMarketing.has(pair.slice(0, pair.indexOf('|'))) && inCrm.has(pair.slice(pair.indexOf('|') + 1))));
  const memoryBeforeMb = Math.round(process.resourceUsage().maxRSS / 1024);
  const cpu = process.cpuUsage();
  const { result, seconds, peakMb } = peakOf(() => link({ setting: { kind: 'person', business: true } }, marketing, crm));
  const { user, system } = process.cpuUsage(cpu);
  const right = result.pairs.filter((pair) => truth.has(keyOf(pair))).length;
  return [
    {
      figure: 'matching two systems',
      records: [marketing.length, crm.length],
      compared: result.compared,
      leftOutShare: Number(result.leftOut.toFixed(4)),
      seconds: Number(seconds.toFixed(1)),
      cpuSeconds: Number(((user + system) / 1e6).toFixed(1)),
      barSeconds: BAR_SECONDS,
      memoryMb: peakMb,
      memoryBeforeMb,
      truePairs: truth.size,
      linked: result.pairs.length,
      falseLinks: result.pairs.length - right,
      review: result.review.length,
      trueInReview: result.review.filter((pair) => truth.has(keyOf(pair))).length,
    },
  ];
};
