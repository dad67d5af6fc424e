import { Button, Select } from '@mantine/core';
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { createFileRoute, Link } from '@tanstack/react-router';
import { useState } from 'react';
import { CopyField } from '../../../../ui/copy-field';
import dataCss from '../../../../ui/data.module.css';
import { say, sayFault } from '../../../../ui/notify';
import { Answered, EmptyState, Page } from '../../../../ui/page';
import { AsOfField, PastDay, useAsOf } from '../../../../ui/past-day';
import { periodOf } from '../../domain/periods';
import { can } from '../../policy';
import { goalsCalls, goalsClient, type Dashboard } from '../calls';
import { BoardForm, type BoardContent } from '../board-form';
import { LIVE_MS } from '../dashboards';
import { MetricsSource } from '../metrics-source';
import { MetricsTable } from '../metrics-table';
import { periodText, t } from '../text';
import { withinOf } from '../within';
import { useMe } from '../use-me';

export const Route = createFileRoute('/w/$workspace/goals/dashboards/$dashboard')({ component: OneDashboard });

function OneDashboard() {
  const { workspace, dashboard } = Route.useParams();
  const boards = useQuery(goalsCalls.dashboards.queryOptions({ input: { workspace } }));
  const board = boards.data?.find((row) => row.id === dashboard);
  const [day] = useAsOf();
  const back = <Link to={`/w/${workspace}/goals` as never} search={(day ? { asOf: day } : {}) as never}>{t('boards.back')}</Link>;
  return (
    <Page title={board?.name ?? t('boards.one')} source={board ? t('boards.by', { name: board.madeBy }) : undefined} actions={back}>
      <Answered query={boards} rows={6}>{() => (board ? <Board workspace={workspace} board={board} /> : <EmptyState title={t('boards.gone')} action={back}>{t('boards.gone.text')}</EmptyState>)}</Answered>
    </Page>
  );
}

const BACK = 8;

const Board = ({ workspace, board }: { workspace: string; board: Dashboard }) => {
  const [day, ask] = useAsOf();
  const [later, setLater] = useState(0);
  const [editing, setEditing] = useState(false);
  const metrics = useQuery({ ...goalsCalls.metrics.queryOptions({ input: { workspace, unit: board.unit, later, split: board.split, asOf: day } }), placeholderData: keepPreviousData, refetchInterval: LIVE_MS });
  const today = day ?? new Date().toISOString().slice(0, 10);
  return (
    <>
      {metrics.data?.asOf && <PastDay day={metrics.data.asOf} onBack={() => ask(undefined)}>{t('metrics.past')}</PastDay>}
      <div className="no-print"><AsOfField day={day} onChange={ask} /></div>
      <div className={`${dataCss.chips} no-print`}>
        <Select aria-label={t('metrics.period')} allowDeselect={false} value={String(later)} data={Array.from({ length: BACK + 1 }, (_, back) => ({ value: String(-back), label: periodText(periodOf(board.unit, today, -back)) }))} onChange={(value) => setLater(Number(value ?? 0))} />
        <Acts workspace={workspace} board={board} later={later} day={day} onEdit={() => setEditing(true)} />
      </div>
      {editing && metrics.data && <Change workspace={workspace} board={board} metrics={metrics.data.metrics.map(({ id }) => id)} close={() => setEditing(false)} />}
      <Answered query={metrics} rows={board.metrics.length}>
        {(data) => (
          <>
            <MetricsSource data={data} />
            <MetricsTable workspace={workspace} metrics={data.metrics.filter(({ id }) => board.metrics.includes(id))} currency={data.currency} split={board.split} within={withinOf(data)} />
          </>
        )}
      </Answered>
      <div className="no-print"><CopyField label={t('boards.link')} value={`${location.origin}/w/${workspace}/goals/dashboards/${board.id}${day ? `?asOf=${day}` : ''}`} /></div>
    </>
  );
};

/** Renames it or changes what it shows; what it was is one press away. */
const Change = ({ workspace, board, metrics, close }: { workspace: string; board: Dashboard; metrics: string[]; close: () => void }) => {
  const queries = useQueryClient();
  const put = (version: number, content: BoardContent) => goalsClient.changeDashboard({ workspace, id: board.id, version, ...content });
  const before: BoardContent = { name: board.name, metrics: board.metrics, unit: board.unit, split: board.split };
  const back = (version: number) => put(version, before).then(() => queries.invalidateQueries({ queryKey: goalsCalls.dashboards.key() }));
  const saved = ({ version, name }: Dashboard) => {
    close();
    say(t('boards.changed', { name }), () => back(version));
  };
  return <BoardForm title={t('boards.change')} metrics={metrics} content={before} save={(content) => put(board.version, content)} saved={saved} close={close} />;
};

const RHYTHMS = ['none', 'weekly', 'monthly'] as const;

const download = async (of: Parameters<typeof goalsClient.dashboardFile>[0]): Promise<void> => {
  const file = await goalsClient.dashboardFile(of);
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = file.name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
};

const Acts = ({ workspace, board, later, day, onEdit }: { workspace: string; board: Dashboard; later: number; day: string | undefined; onEdit: () => void }) => {
  const me = useMe(workspace);
  const queries = useQueryClient();
  const again = () => queries.invalidateQueries({ queryKey: goalsCalls.dashboards.key() });
  const mail = useMutation({ mutationFn: (every: 'weekly' | 'monthly' | null) => goalsClient.subscribe({ workspace, id: board.id, every }), onSuccess: ({ every }) => { say(t(every ? 'boards.mailed' : 'boards.notMailed')); return again(); }, onError: sayFault });
  const pdf = useMutation({ mutationFn: () => download({ workspace, id: board.id, later, asOf: day }), onError: sayFault });
  const set = (removed: boolean, version: number) => goalsClient.changeDashboard({ workspace, id: board.id, version, removed }).then(again);
  const remove = useMutation({ mutationFn: () => set(true, board.version), onSuccess: () => say(t('boards.removed', { name: board.name }), () => set(false, board.version + 1)), onError: sayFault });
  return (
    <>
      <Select aria-label={t('boards.mail')} allowDeselect={false} value={board.mail ?? 'none'} data={RHYTHMS.map((value) => ({ value, label: t(`boards.mail.${value}`) }))} onChange={(value) => mail.mutate(value === 'weekly' || value === 'monthly' ? value : null)} />
      <Button variant="default" loading={pdf.isPending} onClick={() => pdf.mutate()}>{t('boards.pdf')}</Button>
      {me && can(me, 'dashboards:edit') && <Button variant="default" onClick={onEdit}>{t('boards.edit')}</Button>}
      {me && can(me, 'dashboards:edit') && <Button variant="default" loading={remove.isPending} onClick={() => remove.mutate()}>{t('boards.remove')}</Button>}
    </>
  );
};
