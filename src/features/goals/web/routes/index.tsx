import { SegmentedControl, Select } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { createFileRoute } from '@tanstack/react-router';
import { useState } from 'react';
import dataCss from '../../../../ui/data.module.css';
import { Answered, Page, Pending } from '../../../../ui/page';
import { When } from '../../../../ui/when';
import { PERIOD_UNITS, periodOf, type PeriodUnit } from '../../domain/periods';
import { SPLITS, type MetricSplit } from '../../domain/splits';
import { goalsCalls } from '../calls';
import { Dashboards, LIVE_MS } from '../dashboards';
import { LeadGroups } from '../lead-groups';
import { MetricsTable } from '../metrics-table';
import { numberSentence } from '../number-line';
import { Targets } from '../targets';
import { moneyText, periodText, t } from '../text';
import { useMe, type Me } from '../use-me';

export const Route = createFileRoute('/w/$workspace/goals/')({ component: Goals });

const BACK: Readonly<Record<PeriodUnit, number>> = { month: 12, quarter: 8, year: 4 };

function Goals() {
  const { workspace } = Route.useParams();
  const me = useMe(workspace);
  const number = useQuery(goalsCalls.number.queryOptions({ input: { workspace } }));
  const [first] = number.data?.numbers ?? [];
  return (
    <Page title={first ? numberSentence(first) : t(number.data ? 'page.title.none' : 'page.name')} tab={t('page.name')} source={t('page.source')}>
      {me ? <Answered query={number} rows={3}>{({ numbers }) => <Targets workspace={workspace} me={me} numbers={numbers} />}</Answered> : <Pending rows={3} />}
      <Figures workspace={workspace} me={me} />
    </Page>
  );
}

const Figures = ({ workspace, me }: { workspace: string; me: Me | undefined }) => {
  const [unit, setUnit] = useState<PeriodUnit>('quarter');
  const [later, setLater] = useState(0);
  const [split, setSplit] = useState<MetricSplit>('none');
  const metrics = useQuery({ ...goalsCalls.metrics.queryOptions({ input: { workspace, unit, later, split } }), placeholderData: keepPreviousData, refetchInterval: LIVE_MS });
  const today = new Date().toISOString().slice(0, 10);
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
            <p className="meta" style={{ margin: 0 }}>{t('metrics.source', { period: periodText(data.period), leads: data.leads.total, money: moneyText(data.money.total, data.currency) })} <When at={data.at} show="both" /></p>
            <MetricsTable workspace={workspace} metrics={data.metrics} currency={data.currency} split={split} within={data.within} />
            {data.leads.total > 0 && <LeadGroups workspace={workspace} leads={data.leads} within={data.within} split={split === 'none' ? 'origin' : split} />}
            {me && <Dashboards workspace={workspace} me={me} metrics={data.metrics} />}
          </>
        )}
      </Answered>
    </section>
  );
};
