import { Drawer, NativeSelect } from '@mantine/core';
import { functionName } from '../../../../ui/function-mark';
import { isHidden } from '../../domain/results-view';
import { DETAIL_FROM, SPREAD_FROM } from '../../domain/thresholds';
import type { MethodOf, ResultsContext } from './context';
import { figure, change } from './format';
import { fullGroupLabel } from './group-label';
import { gapRows, groupRows, type MethodRow } from './method-rows';
import { HiddenMark, VerdictWord } from './parts';
import css from './results.module.css';
import { said, t } from './text';
import { sectionTitle, smallestGapIn, type SectionView } from './view';

type Props = { results: Omit<ResultsContext, 'openMethod'>; of: MethodOf | null; change: (of: MethodOf) => void; close: () => void };

/** How a figure was made: the only place that names statistics. */
export const MethodDrawer = ({ results, of, change: choose, close }: Props) => {
  const section = results.sections.find(({ wording }) => wording.id === of?.sectionId);
  return (
    <Drawer opened={Boolean(section)} onClose={close} title={section ? t('method.title', { section: sectionTitle(section) }) : ''} closeButtonProps={{ 'aria-label': t('close') }}>
      {section && of && <Method results={results} section={section} of={of} choose={choose} />}
    </Drawer>
  );
};

const Method = ({ results, section, of, choose }: { results: Props['results']; section: SectionView; of: MethodOf; choose: (of: MethodOf) => void }) => {
  const { answer } = results;
  const blocks = answer.results.blocks.filter((block) => section.result.groups.some(({ blockId }) => blockId === block.id));
  const chosen = blocks.find(({ id }) => id === of.blockId) ?? (section.result.gap ? undefined : blocks[0]);
  const score = section.result.groups.find(({ blockId }) => blockId === chosen?.id);
  const sum = section.wording.scoring === 'sum';
  const options = [...(section.result.gap ? [{ value: '', label: t('method.ofGap', { left: functionName('sales'), right: functionName('marketing') }) }] : []), ...blocks.map((block) => ({ value: block.id, label: fullGroupLabel(block) }))];
  return (
    <div className={css.method}>
      <NativeSelect label={t('method.which')} data={options} value={chosen?.id ?? ''} onChange={(event) => choose({ sectionId: of.sectionId, ...(event.currentTarget.value ? { blockId: event.currentTarget.value } : {}) })} />
      {!chosen && section.result.gap && <GapMethod section={section} smallestGap={figure(smallestGapIn(answer, section.wording))} />}
      {chosen && score && (isHidden(score.mean) ? (
        <div className={css.methodHidden}><HiddenMark /><p>{said('hidden.why', { minimum: chosen.function === 'leadership' ? answer.results.minimum.leadership : answer.results.minimum.general })}</p></div>
      ) : (
        <>
          <p className="meta">{said('label.people', { n: score.n })}</p>
          <Rows rows={groupRows(score, sum)} />
        </>
      ))}
      {chosen?.function === 'leadership' && section.result.leadershipGap && <LeadershipMethod gap={section.result.leadershipGap} />}
      <Notes neutral={section.wording.neutral} sum={sum} c3={answer.instrument.id === 'c3'} />
    </div>
  );
};

const GapMethod = ({ section, smallestGap }: { section: SectionView; smallestGap: string }) => {
  const { gap } = section.result;
  if (!gap) return null;
  return (
    <>
      <p><VerdictWord verdict={gap.verdict} /> {said(`verdict.${gap.verdict}.sentence`, { smallestGap })}</p>
      <Rows rows={gapRows(gap)} />
      <p className="meta">{said('method.verdict', { smallestGap })}</p>
    </>
  );
};

const LeadershipMethod = ({ gap }: { gap: NonNullable<SectionView['result']['leadershipGap']> }) => {
  const row: MethodRow = {
    name: t('method.leadership'),
    value: gap.ci95 ? `${change(gap.difference)} (${said('label.interval', { low: change(gap.ci95.low), high: change(gap.ci95.high) })})` : change(gap.difference),
    sentence: said('method.leadership'),
  };
  return <Rows rows={[row]} />;
};

const Rows = ({ rows }: { rows: MethodRow[] }) => (
  <dl className={css.methodRows}>
    {rows.map(({ name, value, why, sentence }) => (
      <div key={name}>
        <dt>{name}</dt>
        <dd><strong>{value ?? <HiddenMark short />}</strong></dd>
        <dd className={css.methodSentence}>{why ? `${why} ${sentence}` : sentence}</dd>
      </div>
    ))}
  </dl>
);

const Notes = ({ neutral, sum, c3 }: { neutral: boolean; sum: boolean; c3: boolean }) => (
  <div className={css.notes}>
    {!sum && c3 && <p>{said('method.bands')}</p>}
    {neutral && <p>{said('method.neutral')}</p>}
    <p>{said('method.small', { sd: SPREAD_FROM, full: DETAIL_FROM })}</p>
    <p>{said('method.rounding')}</p>
    <p>{said('method.tree')}</p>
  </div>
);
