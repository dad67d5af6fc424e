import { SegmentedControl, Select } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { createFileRoute } from '@tanstack/react-router';
import { useState } from 'react';
import dataCss from '../../../../ui/data.module.css';
import { Answered, Page, Pending } from '../../../../ui/page';
import { AsOfField, PastDay, useAsOf } from '../../../../ui/past-day';
import { PERIOD_UNITS, periodOf, type PeriodUnit } from '../../domain/periods';
import { SPLITS, type MetricSplit } from '../../domain/splits';
import { goalsCalls } from '../calls';
import { Dashboards, LIVE_MS } from '../dashboards';
import { LeadGroups } from '../lead-groups';
import { MetricsSource } from '../metrics-source';
import { MetricsTable } from '../metrics-table';
import { numberSentence } from '../number-line';
import { PastTargets, Targets } from '../targets';
import { periodText, t } from '../text';
import { withinOf } from '../within';
import { useMe, type Me } from '../use-me';

export const Route = createFileRoute('/w/$workspace/goals/')({ component: Goals });

const BACK: Readonly<Record<PeriodUnit, number>> = { month: 12, quarter: 8, year: 4 };

function Goals() {
  const { workspace } = Route.useParams();
  const me = useMe(workspace);
  const [day, ask] = useAsOf();
  const number = useQuery({ ...goalsCalls.number.queryOptions({ input: { workspace, asOf: day } }), placeholderData: keepPreviousData });
  const [first] = number.data?.numbers ?? [];
  const asOf = number.data?.asOf ?? null;
  return (
    <Page title={first ? numberSentence(first, asOf !== null) : t(number.data ? (asOf ? 'targets.past.none' : 'page.title.none') : 'page.name')} tab={t('page.name')} source={t('page.source')}>
      {asOf && <PastDay day={asOf} onBack={() => ask(undefined)}>{t('metrics.past')}</PastDay>}
      <AsOfField day={day} onChange={ask} />
      {me ? <Answered query={number} rows={3}>{({ numbers }) => (asOf ? <PastTargets numbers={numbers} /> : <Targets workspace={workspace} me={me} numbers={numbers} />)}</Answered> : <Pending rows={3} />}
      <Figures key={day ?? ''} workspace={workspace} me={me} day={day} />
    </Page>
  );
}

const Figures = ({ workspace, me, day }: { workspace: string; me: Me | undefined; day: string | undefined }) => {
  const [unit, setUnit] = useState<PeriodUnit>('quarter');
  const [later, setLater] = useState(0);
  const [split, setSplit] = useState<MetricSplit>('none');
  const metrics = useQuery({ ...goalsCalls.metrics.queryOptions({ input: { workspace, unit, later, split, asOf: day } }), placeholderData: keepPreviousData, refetchInterval: LIVE_MS });
  const today = day ?? new Date().toISOString().slice(0, 10);
  return (
    <section className={dataCss.section} aria-labelledby="metrics">
      <h2 id="metrics" className="lead">{t('metrics.title')}</h2>
      <div className={dataCss.chips}>
        <SegmentedControl aria-label={t('metrics.unit')} value={unit} data={PERIOD_UNITS.map((value) => ({ value, label: t(`period.${value}`) }))} onChange={(value) => { setUnit(value as PeriodUnit); setLater(0); }} />
        <Select aria-label={t('metrics.period')} allowDeselect={false} value={String(later)} data={Array.from({ length: BACK[unit] + 1 }, (_, back) => ({ value: String(-back), label: periodText(periodOf(unit, today, -back)) }))} onChange={(value) => setLater(Number(value ?? 0))} />
        <Select aria-label={t('metrics.split')} allowDeselect={false} value={split} data={SPLITS.map((value) => ({ value, label: t(`split.${value}`) }))} onChange={(value) => setSplit((value ?? 'none') as MetricSplit)} />
      </div>
      <Answered query={metrics} rows={8}>
        {(data) => (
          <>
            <MetricsSource data={data} />
            <MetricsTable workspace={workspace} metrics={data.metrics} currency={data.currency} split={split} within={withinOf(data)} />
            {data.leads.total > 0 && <LeadGroups workspace={workspace} leads={data.leads} within={withinOf(data)} split={split === 'none' ? 'origin' : split} />}
            {me && <Dashboards workspace={workspace} me={me} metrics={data.metrics} asOf={data.asOf} />}
          </>
        )}
      </Answered>
    </section>
  );
};
