import { SegmentedControl } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import css from '../../../../ui/data.module.css';
import { STAGE_SPLITS, type StageSplit } from '../../domain/answers/stage-splits';
import own from './answers.module.css';
import type { Content } from './calls';
import type { Opened } from '../leads-behind';
import { Bar, GroupName, Opener } from './parts';
import { countText, decimalText, groupText, intervalText, medianText, percentText, rangeText, sideOf, t } from './text';

type Open = (opened: Opened) => void;
type SlowSplit = NonNullable<Content<'slow'>['splits'][StageSplit]>[number];
type DropSplit = NonNullable<Content<'dropout'>['splits'][StageSplit]>[number];
type Stages = readonly { stageId: string; stage: string }[];

/** Which stages tell the groups apart; that none does is said too. */
const apartText = (splits: readonly (SlowSplit | DropSplit)[], nameOf: (stageId: string) => string): string => {
  if (splits.every(({ apart }) => apart === null)) return t('split.few');
  const apart = splits.filter((split) => split.apart);
  return apart.length === 0 ? t('split.alike') : t('split.apart', { count: apart.length, stages: apart.map(({ stageId }) => `“${nameOf(stageId)}”`).join(', ') });
};

/** One table for each question: groups under the stage they are compared in, the stage as a heading of its own. */
function SplitTable<Split extends SlowSplit | DropSplit>({ stages, splits, columns, heads, note, children }: { stages: Stages; columns: number; splits: readonly Split[]; heads: ReactNode; note: (split: Split) => string | null; children: (group: Split['groups'][number], stage: string) => ReactNode }) {
  const nameOf = (id: string): string => stages.find(({ stageId }) => stageId === id)?.stage ?? '';
  return (
    <>
      <p className={own.note} role="status" data-user-text>{apartText(splits, nameOf)}</p>
      <div className={css.scroll}>
        <table className={`${css.table} ${own.cards} ${own.grouped}`}>
          <thead><tr>{heads}</tr></thead>
          {splits.map((split) => {
            const said = note(split);
            return (
              <tbody key={split.stageId}>
                <tr><th scope="rowgroup" colSpan={columns}><span data-user-text>{nameOf(split.stageId)}</span>{said && <div className="meta" data-user-text>{said}</div>}</th></tr>
                {split.groups.map((group) => <tr key={group.key}><td><GroupName value={group.value} /></td>{children(group, nameOf(split.stageId))}</tr>)}
              </tbody>
            );
          })}
        </table>
      </div>
    </>
  );
}

const Section = ({ children }: { children: (split: StageSplit) => ReactNode }) => {
  const [split, setSplit] = useState<StageSplit>('origin');
  return (
    <section className={css.section}>
      <div style={{ display: 'flex', gap: 16, alignItems: 'center', flexWrap: 'wrap' }}>
        <h2 className="lead">{t('split.by')}</h2>
        <SegmentedControl aria-label={t('split.by')} data={STAGE_SPLITS.map((each) => ({ value: each, label: t(`split.${each}`) }))} value={split} onChange={(value) => setSplit(value as StageSplit)} />
      </div>
      {split === 'channel' && <p className={own.note}>{t('split.largest')}</p>}
      {children(split)}
    </section>
  );
};

/** A group's leads in a stage, as a figure that opens them. */
const Figure = ({ answer, part, group, stage, count, column, onOpen }: { answer: 'slow' | 'dropout'; part: string; group: { key: string; value: string }; stage: string; count: number; column: string; onOpen: Open }) => {
  const label = `${groupText(group.value)}, ${stage}: ${column}`;
  return <td className={css.number} data-label={column}><Opener label={label} onOpen={() => onOpen({ answer, key: `${group.key}${part}`, label, total: count })}>{countText(count)}</Opener></td>;
};

/** Time in each stage by function or source. */
export const SlowSplits = ({ content, onOpen }: { content: Content<'slow'>; onOpen: Open }) => {
  const heads = <><th>{t('column.group')}</th><th className={css.number}>{t('column.stays')}</th><th className={css.number}>{t('column.waiting')}</th><th className={own.bar} aria-hidden="true" /><th className={css.number}>{t('column.median')}</th></>;
  return (
    <Section>
      {(split) => {
        const splits = content.splits[split] ?? [];
        const most = Math.max(...splits.flatMap(({ groups }) => groups.map(({ medianDays, ci95 }) => ci95[1] ?? medianDays ?? 0)), 1);
        return (
          <SplitTable stages={content.stages} splits={splits} columns={5} heads={heads} note={() => null}>
            {(group, stage) => (
              <>
                <Figure answer="slow" part="" group={group} stage={stage} count={group.stays} column={t('column.stays')} onOpen={onOpen} />
                <Figure answer="slow" part=":waiting" group={group} stage={stage} count={group.waiting} column={t('column.waiting')} onOpen={onOpen} />
                <td data-chart>{group.medianDays !== null && <Bar value={group.medianDays} interval={group.ci95[0] === null ? null : [group.ci95[0], group.ci95[1] ?? most]} most={most} side={sideOf(group.value)} />}</td>
                <td className={css.number} data-label={t('column.median')}><strong>{medianText(group)}</strong> {rangeText(group)}</td>
              </>
            )}
          </SplitTable>
        );
      }}
    </Section>
  );
};

const differenceText = ({ groups, difference }: DropSplit): string | null => {
  if (!difference || groups.every(({ lost }) => lost === 0)) return null;
  const { first, second, value, ci95 } = difference;
  // Told as so many points more, or so many less: the interval turns round with it.
  const [low, high] = value < 0 ? [-ci95[1], -ci95[0]] : ci95;
  return t('dropout.difference', { first: groupText(first), second: groupText(second), points: decimalText(Math.abs(value) * 100), way: value >= 0 ? 'more' : 'less', low: decimalText(low * 100), high: decimalText(high * 100) });
};

/** Leads lost in each stage by function or source; those still there stand apart from those that are through. */
export const DropSplits = ({ content, onOpen }: { content: Content<'dropout'>; onOpen: Open }) => {
  const heads = <><th>{t('column.group')}</th><th className={css.number}>{t('column.entrants')}</th><th className={css.number}>{t('column.lostHere')}</th><th className={css.number}>{t('column.waiting')}</th><th className={own.bar} aria-hidden="true" /><th className={css.number}>{t('column.ofStage')}</th></>;
  return (
    <Section>
      {(split) => {
        const splits = content.splits[split] ?? [];
        const most = Math.max(...splits.flatMap(({ groups }) => groups.map(({ wilson95 }) => wilson95?.[1] ?? 0)), 0.01);
        return (
          <SplitTable stages={content.stages} splits={splits} columns={6} heads={heads} note={differenceText}>
            {(group, stage) => (
              <>
                <Figure answer="dropout" part="" group={group} stage={stage} count={group.leads} column={t('column.entrants')} onOpen={onOpen} />
                <Figure answer="dropout" part=":lost" group={group} stage={stage} count={group.lost} column={t('column.lostHere')} onOpen={onOpen} />
                <Figure answer="dropout" part=":still" group={group} stage={stage} count={group.still} column={t('column.waiting')} onOpen={onOpen} />
                <td data-chart>{group.share !== null && <Bar value={group.share} interval={group.wilson95} most={most} side={sideOf(group.value)} />}</td>
                <td className={css.number} data-label={t('column.ofStage')}>{group.share === null || group.wilson95 === null ? t('tooFew') : <><strong>{percentText(group.share)}</strong> {intervalText(group.wilson95)}</>}</td>
              </>
            )}
          </SplitTable>
        );
      }}
    </Section>
  );
};
