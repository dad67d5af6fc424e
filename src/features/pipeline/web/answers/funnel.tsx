import { Select, SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import css from '../../../../ui/data.module.css';
import { SPLITS, type Split } from '../../domain/answers/cohorts';
import type { RuleName } from '../../domain/reconcile';
import own from './answers.module.css';
import type { Content } from './calls';
import { LeadsDrawer, useOpened, type LeadQuery, type Opened } from '../leads-behind';
import { Bar, GroupName, Method, Opener } from './parts';
import { countText, differenceText, groupText, intervalText, monthName, percentText, sideOf, t } from './text';

type Cohort = Content<'funnel'>['cohorts'][number];
type Group = NonNullable<Content<'funnel'>['splits'][Split]>[number];

/** Won filled, lost outlined, still open hatched; as wide as there are leads. */
const Outcome = ({ won, lost, open, entrants, most }: Pick<Cohort, 'won' | 'lost' | 'open' | 'entrants'> & { most: number }) => (
  <div className={own.outcome} style={{ width: `${(100 * entrants) / most}%` }} aria-hidden="true">
    {[won, lost, open].map((part, at) => <div key={at} style={{ width: `${(100 * part) / Math.max(1, entrants)}%` }} />)}
  </div>
);

type Opening = { onOpen: (opened: Opened) => void };
const ENDS = ['won', 'lost', 'open'] as const;

/** A row's leads and what became of them, each figure opening its leads. Those sent back for later are counted as open. */
const Counts = ({ label, row, leads, onOpen, part = ['entrants', ...ENDS] }: Opening & { label: string; row: Pick<Cohort, 'entrants' | 'won' | 'lost' | 'open'>; leads: LeadQuery; part?: readonly ('entrants' | (typeof ENDS)[number])[] }) =>
  part.map((end) => {
    const name = end === 'entrants' ? label : `${label}: ${t(`end.${end}`)}`;
    return <td key={end} className={css.number} data-label={t(`column.${end}`)}><Opener label={name} onOpen={() => onOpen({ label: name, total: row[end], leads: end === 'entrants' ? leads : end === 'open' ? { ...leads, underWay: 'true' } : { ...leads, end } })}>{countText(row[end])}</Opener></td>;
  });

const monthOf = (month: string): LeadQuery => {
  const [year = 0, no = 1] = month.split('-').map(Number);
  return { enteredFrom: new Date(Date.UTC(year, no - 1, 1)).toISOString(), enteredTo: new Date(Date.UTC(year, no, 1)).toISOString() };
};

const Cohorts = ({ cohorts, typicalDays, under, onOpen }: Pick<Content<'funnel'>, 'cohorts' | 'typicalDays'> & Opening & { under: LeadQuery }) => {
  const most = Math.max(...cohorts.map(({ entrants }) => entrants), 1);
  const note = ({ mark }: Cohort): string => (mark === null ? '' : mark === 'too young' ? t('cohort.young', { days: Math.round(typicalDays ?? 0) }) : t('cohort.cut'));
  return (
    <section className={css.section}>
      <div><h2 className="lead">{t('funnel.cohorts')}</h2><div className="meta">{t('funnel.legend')}</div></div>
      <div className={css.scroll}>
        <table className={`${css.table} ${own.cards}`}>
          <thead><tr><th>{t('column.month')}</th><th className={css.number}>{t('column.entrants')}</th><th className={own.bar} aria-hidden="true" /><th className={css.number}>{t('column.won')}</th><th className={css.number}>{t('column.lost')}</th><th className={css.number}>{t('column.open')}</th><th className={css.number}>{t('column.rate')}</th></tr></thead>
          <tbody>
            {cohorts.map((row) => (
              <tr key={row.month}>
                <td style={{ minWidth: 140 }}>{monthName(row.month)}{row.mark && <div className="meta">{note(row)}</div>}</td>
                <Counts label={monthName(row.month)} row={row} leads={{ ...under, ...monthOf(row.month) }} onOpen={onOpen} part={['entrants']} />
                <td data-chart><Outcome {...row} most={most} /></td>
                <Counts label={monthName(row.month)} row={row} leads={{ ...under, ...monthOf(row.month) }} onOpen={onOpen} part={ENDS} />
                <td className={css.number} data-label={t('column.rate')} style={row.mark ? { color: 'var(--ink-3)' } : undefined}>{row.mark ? percentText(row.rate) : <strong>{percentText(row.rate)}</strong>} {intervalText(row.wilson95)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
};

const Groups = ({ groups, split, within, onOpen }: Opening & { groups: Group[]; split: Split; within: LeadQuery }) => {
  const queryOf = (value: string): LeadQuery => ({ ...within, ...(split === 'origin' ? (sideOf(value) ? { origin: sideOf(value) ?? undefined } : {}) : { [split]: value }) });
  const most = Math.max(...groups.map(({ wilson95 }) => wilson95[1]), 0.01);
  return (
    <div className={css.scroll}>
      <table className={`${css.table} ${own.cards}`}>
        <thead><tr><th>{t('column.group')}</th><th className={css.number}>{t('column.entrants')}</th><th className={css.number}>{t('column.won')}</th><th className={css.number}>{t('column.lost')}</th><th className={css.number}>{t('column.open')}</th><th className={own.bar} aria-hidden="true" /><th className={css.number}>{t('column.rate')}</th></tr></thead>
        <tbody>
          {groups.map((row) => (
            <tr key={row.value}>
              <td><GroupName value={row.value} /></td>
              <Counts label={groupText(row.value)} row={row} leads={queryOf(row.value)} onOpen={onOpen} />
              <td data-chart><Bar value={row.rate} interval={row.wilson95} most={most} side={sideOf(row.value)} /></td>
              <td className={css.number} data-label={t('column.rate')}><strong>{percentText(row.rate)}</strong> {intervalText(row.wilson95)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
};

type Choice = { id: string; split: Split; label: string; group: Group };

/** Two groups of one split need no split's name. */
const comparedName = (of: Choice, other: Choice): string => (of.split === other.split ? groupText(of.group.value) : of.label);

/** Any two groups of any splits, with the interval of their difference. */
const Compare = ({ choices }: { choices: Choice[] }) => {
  const [first, setFirst] = useState(choices[0]?.id ?? null);
  const [second, setSecond] = useState(choices[1]?.id ?? null);
  const [a, b] = [choices.find(({ id }) => id === first), choices.find(({ id }) => id === second)];
  if (choices.length < 2) return null;
  const data = choices.map(({ id, label }) => ({ value: id, label }));
  const difference = a && b && a !== b ? differenceText(comparedName(a, b), a.group, comparedName(b, a), b.group) : null;
  return (
    <section className={css.section}>
      <h2 className="lead">{t('funnel.compare')}</h2>
      <div className={own.pair}>
        <Select label={t('funnel.first')} data={data} value={first} onChange={setFirst} allowDeselect={false} searchable />
        <Select label={t('funnel.second')} data={data} value={second} onChange={setSecond} allowDeselect={false} searchable />
      </div>
      {difference && <p className={own.note} role="status" data-user-text>{difference}</p>}
    </section>
  );
};

/** Distinct leads by month of entry and by group; marked months are told and kept out of comparisons. */
export const Funnel = ({ workspace, content, rule, asOf }: { workspace: string; content: Content<'funnel'>; rule: RuleName | undefined; asOf: string | null }) => {
  const under: LeadQuery = { ...(rule ? { rule } : {}), ...(asOf ? { asOf } : {}) };
  const [opened, setOpened] = useOpened('funnel');
  // Marked months stand at the ends: what is compared lies between the first and the last without a mark.
  const fit = content.cohorts.filter(({ mark }) => mark === null);
  const [from, to] = [fit[0] ?? content.cohorts[0], fit.at(-1) ?? content.cohorts.at(-1)];
  const within: LeadQuery = { ...under, ...(from ? { enteredFrom: monthOf(from.month).enteredFrom } : {}), ...(to ? { enteredTo: monthOf(to.month).enteredTo } : {}) };
  const [split, setSplit] = useState<Split>('origin');
  const groups = content.splits[split] ?? [];
  const named = SPLITS.filter((each) => (content.splits[each] ?? []).some(({ value }) => value !== ''));
  const choices = named.flatMap((each) => (content.splits[each] ?? []).map((group): Choice => ({ id: `${each}:${group.value}`, split: each, label: `${t(`split.${each}`)}: ${groupText(group.value)}`, group })));
  return (
    <>
      {content.all.recycled > 0 && <p className={own.note}>{t('cohort.recycled', { count: content.all.recycled })}</p>}
      <Cohorts cohorts={content.cohorts} typicalDays={content.typicalDays} under={under} onOpen={setOpened} />
      <section className={css.section}>
        <div style={{ display: 'flex', gap: 16, alignItems: 'center', flexWrap: 'wrap' }}>
          <h2 className="lead">{t('split.by')}</h2>
          <SegmentedControl aria-label={t('split.by')} data={SPLITS.map((each) => ({ value: each, label: t(`split.${each}`) }))} value={split} onChange={(value) => setSplit(value as Split)} />
        </div>
        <p className={own.note}>{t('funnel.splitNote')}</p>
        {named.includes(split) ? <Groups groups={groups} split={split} within={within} onOpen={setOpened} /> : <p className={own.note}>{t('split.none')}</p>}
      </section>
      <Compare key={choices.length} choices={choices} />
      <Method of="funnel" />
      <LeadsDrawer workspace={workspace} opened={opened} onClose={() => setOpened(null)} />
    </>
  );
};
