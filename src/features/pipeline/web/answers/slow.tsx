import { Select } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useState } from 'react';
import css from '../../../../ui/data.module.css';
import own from './answers.module.css';
import type { Content } from './calls';
import { LeadsDrawer, useOpened } from '../leads-behind';
import { Bar, Method, Opener } from './parts';
import { SlowSplits } from './stage-splits';
import { countText, medianText, percentText, rangeText, t } from './text';

type Stage = Content<'slow'>['stages'][number];

const HEIGHT = 220;
const LEFT = 44;
const RIGHT = 104;
/** Drawn as wide as it is shown, so that its figures keep their size on a phone. */
const WIDTHS = { narrow: 358, wide: 720 };

type Layer = { key: 'forward' | 'back' | 'lost' | 'still'; low: number[]; high: number[] };

const layersOf = (outBy: NonNullable<Stage['outBy']>): { days: number[]; layers: Layer[] } => {
  const days = outBy.forward.map(({ day }) => day);
  let below = days.map(() => 0);
  const layers = (['forward', 'back', 'lost'] as const).map((key): Layer => {
    const low = below;
    below = low.map((value, at) => value + (outBy[key][at]?.share ?? 0));
    return { key, low, high: below };
  });
  return { days, layers: [...layers, { key: 'still', low: below, high: days.map(() => 1) }] };
};

const FILLS = { forward: 'var(--ink-2)', back: 'var(--mark)', lost: 'var(--ground)', still: 'url(#still-there)' } as const;

/** Where the leads of a stage were by each day: gone on, gone back, lost, still there. The four add up to all. */
const Areas = ({ stage }: { stage: Stage }) => {
  const width = useMediaQuery('(max-width: 48em)', false, { getInitialValueInEffect: false }) ? WIDTHS.narrow : WIDTHS.wide;
  if (!stage.outBy || stage.outBy.forward.length < 2) return <p className={own.note}>{t('slow.few')}</p>;
  const { days, layers } = layersOf(stage.outBy);
  const last = days.at(-1) ?? 1;
  const x = (day: number): string => (LEFT + ((width - LEFT - RIGHT) * day) / last).toFixed(1);
  const y = (share: number): string => (10 + (HEIGHT - 40) * (1 - share)).toFixed(1);
  const points = ({ low, high }: Layer): string => [...days.map((day, at) => `${x(day)},${y(high[at] ?? 0)}`), ...days.map((day, at) => `${x(day)},${y(low[at] ?? 0)}`).toReversed()].join(' ');
  const labels = layers.map(({ key, low, high }) => ({ key, share: (high.at(-1) ?? 0) - (low.at(-1) ?? 0), middle: ((high.at(-1) ?? 0) + (low.at(-1) ?? 0)) / 2 })).filter(({ share }) => share > 0.04);
  return (
    <svg className={own.areas} viewBox={`0 0 ${width} ${HEIGHT}`} style={{ maxWidth: width }} role="img" aria-label={t('slow.by', { stage: stage.stage })} fontSize="12">
      <defs><pattern id="still-there" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="6" height="6" fill="var(--ground)" /><rect width="1.5" height="6" fill="var(--mark)" /></pattern></defs>
      {layers.map((layer) => <polygon key={layer.key} points={points(layer)} fill={FILLS[layer.key]} stroke="var(--ink-3)" strokeWidth="0.75" />)}
      {[0, 0.5, 1].map((share) => <text key={share} x={LEFT - 6} y={y(share)} dy="4" textAnchor="end" fill="var(--ink-3)">{Math.round(share * 100)}%</text>)}
      {days.filter((day) => day % 30 === 0 || day === last).map((day) => <text key={day} x={x(day)} y={HEIGHT - 12} textAnchor="middle" fill="var(--ink-3)">{day}</text>)}
      {labels.map(({ key, share, middle }) => <text key={key} x={width - RIGHT + 6} y={y(middle)} dy="4" fill="var(--ink)">{t(`slow.${key}`)} {Math.round(share * 100)}%</text>)}
    </svg>
  );
};

const shareBy = (stage: Stage, way: 'forward' | 'back' | 'lost', day: number): string => {
  const found = stage.outBy?.[way].find((each) => each.day === day);
  return found ? percentText(found.share) : '–';
};

/** The second question: time in each stage, and where leads went from it. */
export const Slow = ({ workspace, content }: { workspace: string; content: Content<'slow'> }) => {
  const [opened, setOpened] = useOpened('slow');
  const slowest = content.stages.find(({ stage: name }) => name === content.finding.values['stage']) ?? content.stages.toSorted((a, b) => (b.medianDays ?? 0) - (a.medianDays ?? 0))[0];
  const [chosen, setChosen] = useState(slowest?.stageId ?? null);
  const stage = content.stages.find(({ stageId }) => stageId === chosen) ?? slowest;
  const most = Math.max(...content.stages.map(({ medianDays, ci95 }) => ci95[1] ?? medianDays ?? 0), 1);
  return (
    <>
      <div className={css.scroll}>
        <table className={`${css.table} ${own.cards}`}>
          <thead><tr><th>{t('column.stage')}</th><th className={css.number}>{t('column.stays')}</th><th className={css.number}>{t('column.waiting')}</th><th className={own.bar} aria-hidden="true" /><th className={css.number}>{t('column.median')}</th><th className={css.number}>{t('column.on30')}</th><th className={css.number}>{t('column.lost30')}</th></tr></thead>
          <tbody>
            {content.stages.map((row) => (
              <tr key={row.stageId}>
                <td className={own.stage} data-user-text>{row.stage}</td>
                <td className={css.number} data-label={t('column.stays')}><Opener label={row.stage} onOpen={() => setOpened({ answer: 'slow', key: `${row.key}:all`, label: row.stage, total: row.stays })}>{countText(row.stays)}</Opener></td>
                <td className={css.number} data-label={t('column.waiting')}><Opener label={`${row.stage}: ${t('slow.still')}`} onOpen={() => setOpened({ answer: 'slow', key: row.key, label: `${row.stage}: ${t('slow.still')}`, total: row.waiting })}>{countText(row.waiting)}</Opener></td>
                <td data-chart>{row.medianDays !== null && <Bar value={row.medianDays} interval={row.ci95[0] === null ? null : [row.ci95[0], row.ci95[1] ?? most]} most={most} />}</td>
                <td className={css.number} data-label={t('column.median')}><strong>{medianText(row)}</strong> {rangeText(row)}</td>
                <td className={css.number} data-label={t('column.on30')}>{shareBy(row, 'forward', 30)}</td>
                <td className={css.number} data-label={t('column.lost30')}>{shareBy(row, 'lost', 30)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {stage && (
        <section className={css.section}>
          <div style={{ display: 'flex', gap: 16, alignItems: 'flex-end', justifyContent: 'space-between', flexWrap: 'wrap' }}>
            <h2 className="lead" data-user-text>{t('slow.by', { stage: stage.stage })}</h2>
            <Select label={t('slow.stage')} data={content.stages.map(({ stageId, stage: label }) => ({ value: stageId, label }))} value={stage.stageId} onChange={setChosen} allowDeselect={false} />
          </div>
          <Areas stage={stage} />
        </section>
      )}
      <SlowSplits content={content} onOpen={setOpened} />
      <p className={own.note}>{t('slow.note')}</p>
      <Method of="slow" />
      <LeadsDrawer workspace={workspace} opened={opened} onClose={() => setOpened(null)} />
    </>
  );
};
