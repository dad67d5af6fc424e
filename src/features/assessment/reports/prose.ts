import type { FunctionName } from '../../../lib/vocabulary';
import { isHidden, type WaveResults } from '../domain/results-view';
import { functionGroups, nameOf, wasAsked, type Entry } from './sections';
import type { Texts } from './texts';

export type FunctionSentence = { name: FunctionName; label: string; text: string };

/** What each function's band suggests, with its score; hidden functions say so. */
export const readingsOf = (entry: Entry, results: WaveResults, texts: Texts): FunctionSentence[] => {
  const shown = functionGroups(entry, results);
  return entry.section.audience.map((name) => {
    const label = texts.t(`function.${name}`);
    if (!wasAsked(entry, results, name)) return { name, label, text: texts.t('label.notAsked') };
    const group = shown.find(({ block }) => block.function === name)?.group;
    if (!group || isHidden(group.mean) || isHidden(group.band)) return { name, label, text: texts.t('hidden.function', { function: label }) };
    const bandId = group.band;
    const band = entry.section.bands.find((candidate) => candidate.id === bandId);
    const score = `${texts.score(group.mean)}, ${band ? texts.of(band.label) : bandId}.`;
    const borders = group.nearBorder.map((cut) => texts.score(cut)).join(', ');
    const near = borders ? ` ${texts.t('border.near', { borders })}` : '';
    return { name, label, text: `${score} ${band ? texts.of(band.reading) : ''}${near}` };
  });
};

const direction = (difference: number, keys: readonly ['gap.salesHigher', 'gap.marketingHigher', 'gap.equal'] | readonly ['gap.leadership.higher', 'gap.leadership.lower', 'gap.leadership.equal'], texts: Texts): string =>
  texts.t(difference > 0 ? keys[0] : difference < 0 ? keys[1] : keys[2], { difference: texts.score(Math.abs(difference)) });

/** The gap in words: how far, how sure, what it may mean; then leadership beside the mean of both teams. */
export const gapSentences = (entry: Entry, results: WaveResults, texts: Texts): string[] => {
  const { gap, leadershipGap } = entry.result;
  const sentences: string[] = [];
  if (gap) {
    sentences.push(direction(gap.difference, ['gap.salesHigher', 'gap.marketingHigher', 'gap.equal'], texts));
    sentences.push(texts.t(isHidden(gap.ci95) ? 'verdict.hidden.sentence' : `verdict.${gap.verdict}.sentence`, { smallestGap: texts.score(results.smallestGap) }));
    const bands = functionGroups(entry, results).filter(({ block }) => block.function !== 'leadership').map(({ group }) => group.band);
    if (gap.verdict === 'real' && bands.length === 2 && bands[0] === bands[1]) sentences.push(texts.t('gap.sameBand'));
    if (gap.verdict === 'real' && entry.section.gapReading) sentences.push(texts.of(entry.section.gapReading));
  }
  if (leadershipGap) sentences.push(direction(leadershipGap.difference, ['gap.leadership.higher', 'gap.leadership.lower', 'gap.leadership.equal'], texts));
  return sentences;
};

/** Who was invited and who answered, as lines. */
export const responseLines = (results: WaveResults, texts: Texts): FunctionSentence[] =>
  results.response.map(({ function: name, invited, answered }) => {
    const label = texts.t(`function.${name}`);
    if (isHidden(answered)) return { name, label, text: texts.t('response.hidden', { function: label, invited }) };
    const share = texts.share(invited > 0 ? answered / invited : 0);
    const low = invited > 0 && answered / invited < 0.5 ? ` ${texts.t('response.low', { function: label })}` : '';
    return { name, label, text: `${texts.t('response.line', { function: label, answered, invited, share })}${low}` };
  });

/** How the sections moved since the wave before, largest move first; whole functions only. */
export const moves = (results: WaveResults, entries: Entry[]): { entry: Entry; blockId: string; before: number; now: number; difference: number }[] =>
  (results.change?.sections ?? [])
    .flatMap((section) => {
      const entry = entries.find((candidate) => candidate.section.id === section.sectionId);
      const block = results.blocks.find((candidate) => candidate.id === section.blockId);
      return entry && block?.kind === 'function' ? [{ entry, blockId: block.id, before: section.before, now: section.now, difference: section.difference }] : [];
    })
    .sort((a, b) => Math.abs(b.difference) - Math.abs(a.difference));

export const changeFinding = (results: WaveResults, entries: Entry[], texts: Texts): string => {
  const [first] = moves(results, entries);
  if (!results.change || !first) return texts.t('chart.noChange');
  const interval = results.change.sections.find((section) => section.sectionId === first.entry.section.id && section.blockId === first.blockId)?.ci95;
  const clear = interval && !isHidden(interval) && (interval.low > 0 || interval.high < 0);
  const wave = results.change.previousName;
  const who = results.blocks.find((block) => block.id === first.blockId)?.function ?? 'sales';
  const section = `${nameOf(first.entry, texts)} (${texts.t(`function.${who}`)})`;
  return clear
    ? texts.t('change.title', { wave, section, difference: texts.signed(first.difference) })
    : texts.t('change.title.none', { wave });
};
