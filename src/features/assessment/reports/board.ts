import { isHidden } from '../domain/results-view';
import { compared, gapWord, leadFinding, relationshipFinding } from './findings';
import { changeFinding } from './prose';
import type { ReportContext } from './request';
import { entriesOf, functionGroups, nameOf, type Entry } from './sections';
import { toneOf } from './section-charts';

/** What a board reads: one finding, what differs, what is shared, what moved, one question. */
export type Board = { title: string; subtitle: string; lead: string; parts: { heading: string; lines: string[] }[]; footer: string };

const MOST = 3;

/** Sections that both sides score low. */
const lowForBoth = (entries: Entry[], context: ReportContext): Entry | undefined =>
  entries.find((entry) => {
    const sides = functionGroups(entry, context.results).filter(({ block }) => block.function !== 'leadership');
    return sides.length === 2 && sides.every(({ group }) => !isHidden(group.band) && toneOf(entry.section, group.band) === 'low');
  });

const question = (entries: Entry[], context: ReportContext): string => {
  const { texts } = context;
  const real = entries.find((entry) => entry.result.gap?.verdict === 'real');
  if (real) return texts.t('board.ask.real', { section: nameOf(real, texts) });
  const low = lowForBoth(entries, context);
  return low ? texts.t('board.ask.low', { section: nameOf(low, texts) }) : texts.t('board.ask.unclear');
};

/** The one-page summary, from gated results. */
export const boardOf = (context: ReportContext): Board => {
  const { texts, results, instrument, workspaceName } = context;
  const { t } = texts;
  const all = entriesOf(results, instrument);
  const entries = compared(results, instrument);
  const differ = entries.filter((entry) => entry.result.gap?.verdict === 'real').slice(0, MOST);
  const agree = entries.filter((entry) => entry.result.gap?.verdict === 'none').slice(-MOST).reverse();
  const line = (entry: Entry) => `${nameOf(entry, texts)}: ${gapWord(entry.result, texts)}`;
  const relationship = relationshipFinding(results, texts);
  const n = (name: 'sales' | 'marketing' | 'leadership') => {
    const answered = results.response.find((response) => response.function === name)?.answered;
    return answered === undefined ? '–' : isHidden(answered) ? t('hidden.short') : texts.whole(answered);
  };
  const parts = [
    { heading: t('board.differ'), lines: differ.map(line) },
    { heading: t('board.agree'), lines: agree.map(line) },
    { heading: t('board.type'), lines: relationship ? [relationship] : [] },
    { heading: t('board.moved'), lines: [results.change ? changeFinding(results, all, texts) : t('board.firstWave')] },
    { heading: t('board.ask'), lines: [question(entries, context)] },
  ];
  return {
    title: t('board.title'),
    subtitle: t('board.subtitle', { workspace: workspaceName, wave: results.wave.name, date: texts.date(results.wave.closedAt) }),
    lead: leadFinding(results, instrument, texts),
    parts: parts.filter(({ lines }) => lines.length > 0),
    footer: t('board.footer', {
      sales: n('sales'), marketing: n('marketing'), leadership: n('leadership'),
      scale: t('label.scaleEnds', { min: results.scale.min, max: results.scale.max, low: texts.of(instrument.scale.low), high: texts.of(instrument.scale.high) }),
    }),
  };
};
