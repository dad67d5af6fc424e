import { isHidden, type Shown } from '../domain/results-view';
import type { ReportContext } from './request';
import { blockName, blockOf, entriesOf, nameOf, statementIn, wasAsked, wordingOf } from './sections';

/** A cell of an exported sheet: numbers stay numbers, hidden figures are words. */
export type Cell = string | number | null;
export type ReportTable = { id: 'overview' | 'sections' | 'statements' | 'response' | 'change' | 'comments' | 'method'; name: string; rows: Cell[][]; widths: number[] };

/** Gated figures carry one decimal already; binary fractions such as 0.30000000000000004 are trimmed once more. */
const oneDecimal = (value: number): number => Math.round(value * 10) / 10;

const cellOf = (context: ReportContext) => (value: Shown<number> | undefined): Cell =>
  value === undefined ? null : isHidden(value) ? context.texts.t('hidden.cell') : oneDecimal(value);

const groupWord = (context: ReportContext, blockId: string): string => {
  const block = blockOf(context.results, blockId);
  return block ? blockName(block, context.texts, context.results) : blockId;
};

const sectionsTable = (context: ReportContext): ReportTable => {
  const { texts, results, instrument } = context;
  const { t } = texts;
  const cell = cellOf(context);
  const head = [
    'id', t('label.section'), t('label.group'), 'n', t('label.score'), t('label.band'), t('stat.sd'), `${t('stat.ci95')} ≥`, `${t('stat.ci95')} ≤`, t('stat.rwg'), t('stat.rwgStar'),
    t('stat.alpha'), t('stat.missingShare'), t('stat.cannotJudgeShare'),
  ];
  const rows = entriesOf(results, instrument).flatMap((entry) =>
    entry.result.groups.map((group): Cell[] => {
      const band = isHidden(group.band) ? undefined : entry.section.bands.find(({ id }) => id === group.band);
      const hidden = t('hidden.cell');
      return [
        entry.section.id, nameOf(entry, texts), groupWord(context, group.blockId), isHidden(group.mean) ? hidden : group.n, cell(group.mean), band ? texts.of(band.label) : hidden,
        cell(group.sd), isHidden(group.ci95) ? hidden : oneDecimal(group.ci95.low), isHidden(group.ci95) ? hidden : oneDecimal(group.ci95.high),
        cell(group.method.rwg), cell(group.method.rwgStar), cell(group.method.alpha), cell(group.method.missingShare), cell(group.method.cannotJudgeShare),
      ];
    }),
  );
  return { id: 'sections', name: t('sheet.sections'), rows: [head, ...rows], widths: [8, 36, 30, 8, 8, 14, 10, 10, 10, 10, 10, 10, 10, 10] };
};

const overviewTable = (context: ReportContext): ReportTable => {
  const { texts, results, instrument } = context;
  const { t } = texts;
  const cell = cellOf(context);
  const names = ['sales', 'marketing', 'leadership'] as const;
  const head = [
    'id', t('label.section'), ...names.map((name) => t(`function.${name}`)), t('label.gap'), t('label.verdict'), `${t('stat.ci95')} ≥`, `${t('stat.ci95')} ≤`,
    t('stat.welchT'), t('stat.df'), t('stat.g'), t('stat.holmP'),
  ];
  const rows = entriesOf(results, instrument).map((entry): Cell[] => {
    const score = (name: (typeof names)[number]): Cell => {
      if (!entry.section.audience.includes(name)) return null;
      if (!wasAsked(entry, results, name)) return t('label.notAsked');
      const group = entry.result.groups.find(({ blockId }) => {
        const block = blockOf(results, blockId);
        return block?.kind === 'function' && block.function === name;
      });
      return cell(group?.mean ?? { hidden: true });
    };
    const { gap } = entry.result;
    const bound = (end: 'low' | 'high'): Cell => (!gap ? null : isHidden(gap.ci95) ? t('hidden.cell') : oneDecimal(gap.ci95[end]));
    return [
      entry.section.id, nameOf(entry, texts), ...names.map(score), cell(gap?.difference), gap ? t(`verdict.${gap.verdict}`) : null, bound('low'), bound('high'),
      cell(gap?.welchT), cell(gap?.df), cell(gap?.g), cell(gap?.holmP),
    ];
  });
  return { id: 'overview', name: t('sheet.overview'), rows: [head, ...rows], widths: [8, 36, 12, 12, 12, 8, 12, 10, 10, 10, 10, 10, 10] };
};

const statementsTable = (context: ReportContext): ReportTable => {
  const { texts, results, instrument } = context;
  const { t } = texts;
  const cell = cellOf(context);
  const keys = Array.from({ length: results.scale.max - results.scale.min + 1 }, (_, i) => String(results.scale.min + i));
  const head = ['id', t('label.section'), t('label.statement'), t('label.group'), 'n', t('label.score'), t('stat.sd'), ...keys, t('label.coarseLow'), t('label.coarseMiddle'), t('label.coarseHigh')];
  const spread = (distribution: Shown<{ kind: 'full' | 'coarse'; counts: number[] }>): Cell[] => {
    if (isHidden(distribution)) return [...keys.map(() => t('hidden.cell')), null, null, null];
    return distribution.kind === 'full' ? [...distribution.counts, null, null, null] : [...keys.map(() => null), ...distribution.counts];
  };
  const rows = entriesOf(results, instrument).flatMap((entry) =>
    entry.result.statements.flatMap((result) => {
      const statement = statementIn(entry.section, result.statementId);
      const wording = statement ? wordingOf(statement, texts) : '';
      return result.groups.map((group): Cell[] => [
        result.statementId, nameOf(entry, texts), wording, groupWord(context, group.blockId), isHidden(group.mean) ? t('hidden.cell') : group.n,
        cell(group.mean), cell(group.sd), ...spread(group.distribution),
      ]);
    }),
  );
  return { id: 'statements', name: t('sheet.statements'), rows: [head, ...rows], widths: [8, 30, 60, 30, 8, 8, 8, ...keys.map(() => 6), 12, 12, 12] };
};

const responseTable = (context: ReportContext): ReportTable => {
  const { t } = context.texts;
  const rows = context.results.response.map(({ function: name, invited, answered }): Cell[] => [t(`function.${name}`), invited, cellOf(context)(answered)]);
  return { id: 'response', name: t('sheet.response'), rows: [[t('label.group'), t('label.invited'), t('label.answered')], ...rows], widths: [24, 12, 24] };
};

const changeTable = (context: ReportContext): ReportTable[] => {
  const { texts, results, instrument } = context;
  const { change } = results;
  if (!change) return [];
  const { t } = texts;
  const entries = entriesOf(results, instrument);
  const head = ['id', t('label.section'), t('label.group'), change.previousName, results.wave.name, t('label.change'), `${t('stat.ci95')} ≥`, `${t('stat.ci95')} ≤`];
  const rows = change.sections.map((section): Cell[] => {
    const entry = entries.find((candidate) => candidate.section.id === section.sectionId);
    const bound = (end: 'low' | 'high'): Cell => (isHidden(section.ci95) ? t('hidden.cell') : oneDecimal(section.ci95[end]));
    return [
      section.sectionId, entry ? nameOf(entry, texts) : section.sectionId, groupWord(context, section.blockId), oneDecimal(section.before), oneDecimal(section.now),
      oneDecimal(section.difference), bound('low'), bound('high'),
    ];
  });
  return [{ id: 'change', name: t('sheet.change'), rows: [head, ...rows], widths: [8, 36, 30, 14, 14, 10, 10, 10] }];
};

const commentsTable = (context: ReportContext): ReportTable[] => {
  const { t } = context.texts;
  const rows = context.results.comments.flatMap(({ function: name, texts }) => texts.map((text): Cell[] => [t(`function.${name}`), text]));
  return rows.length === 0 ? [] : [{ id: 'comments', name: t('sheet.comments'), rows: [[t('label.group'), t('sheet.comments')], ...rows], widths: [20, 100] }];
};

/** The report as sheets: what the gate lets out, one decimal, and words where a figure is kept back. */
export const tablesOf = (context: ReportContext): ReportTable[] => [
  overviewTable(context),
  sectionsTable(context),
  statementsTable(context),
  responseTable(context),
  ...changeTable(context),
  ...commentsTable(context),
];
