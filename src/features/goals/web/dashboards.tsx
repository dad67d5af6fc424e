import { Button, MultiSelect, Select, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState, type FormEvent } from 'react';
import dataCss from '../../../ui/data.module.css';
import { Answered, FaultLine } from '../../../ui/page';
import { PERIOD_UNITS, type PeriodUnit } from '../domain/periods';
import { can } from '../policy';
import { goalsCalls, goalsClient, type Metrics } from './calls';
import css from './goals.module.css';
import { coded, t } from './text';
import type { Me } from './use-me';

/** Figures are asked for again this often, and whenever the page is looked at anew. */
export const LIVE_MS = 60_000;

type Split = 'none' | 'origin' | 'channel';
const SPLITS: readonly Split[] = ['none', 'origin', 'channel'];

/** Saved sets of metrics, each with an address of its own for everybody in the workspace. */
export const Dashboards = ({ workspace, me, metrics }: { workspace: string; me: Me; metrics: Metrics['metrics'] }) => {
  const boards = useQuery(goalsCalls.dashboards.queryOptions({ input: { workspace } }));
  const [making, setMaking] = useState(false);
  const edits = can(me, 'dashboards:edit');
  return (
    <section className={dataCss.section} aria-labelledby="dashboards">
      <h2 id="dashboards" className="lead">{t('boards.title')}</h2>
      <Answered query={boards} rows={2}>
        {(rows) => (
          <>
            {rows.length === 0 && <p className="meta" style={{ margin: 0 }}>{t('boards.none')}</p>}
            {rows.length > 0 && (
              <ul className={dataCss.notes}>
                {rows.map((row) => <li key={row.id}><Link to={`/w/${workspace}/goals/dashboards/${row.id}` as never} data-user-text>{row.name}</Link> <span className="meta">{t('boards.of', { count: row.metrics.length, unit: t(`period.${row.unit}`).toLowerCase() })}{row.mail ? ` · ${t(`boards.mail.${row.mail}`)}` : ''}</span></li>)}
              </ul>
            )}
            {edits && !making && <div><Button variant="default" onClick={() => setMaking(true)}>{t('boards.make')}</Button></div>}
            {making && <NewBoard workspace={workspace} metrics={metrics} close={() => setMaking(false)} />}
          </>
        )}
      </Answered>
    </section>
  );
};

const NewBoard = ({ workspace, metrics, close }: { workspace: string; metrics: Metrics['metrics']; close: () => void }) => {
  const queries = useQueryClient();
  const navigate = useNavigate();
  const [name, setName] = useState('');
  const [chosen, setChosen] = useState<string[]>([]);
  const [unit, setUnit] = useState<PeriodUnit>('quarter');
  const [split, setSplit] = useState<Split>('none');
  const save = useMutation({
    mutationFn: () => goalsClient.addDashboard({ workspace, name, metrics: chosen, unit, split }),
    onSuccess: async (made) => {
      await queries.invalidateQueries({ queryKey: goalsCalls.dashboards.key() });
      await navigate({ to: `/w/${workspace}/goals/dashboards/${made.id}` as never });
    },
  });
  const send = (event: FormEvent) => {
    event.preventDefault();
    save.mutate();
  };
  return (
    <form className={`panel ${css.form}`} onSubmit={send} aria-label={t('boards.make')}>
      <TextInput label={t('boards.name')} required maxLength={120} value={name} onChange={(event) => setName(event.currentTarget.value)} />
      <Select label={t('metrics.unit')} allowDeselect={false} value={unit} data={PERIOD_UNITS.map((value) => ({ value, label: t(`period.${value}`) }))} onChange={(value) => value && setUnit(value as PeriodUnit)} />
      <Select label={t('metrics.split')} allowDeselect={false} value={split} data={SPLITS.map((value) => ({ value, label: t(`split.${value}`) }))} onChange={(value) => setSplit((value ?? 'none') as Split)} />
      <MultiSelect className={css.all ?? ''} label={t('boards.metrics')} required value={chosen} data={metrics.map(({ id }) => ({ value: id, label: coded('metric', id) }))} onChange={setChosen} />
      <div className={css.all}><FaultLine error={save.error} /></div>
      <div className={css.all} style={{ display: 'flex', gap: 8 }}>
        <Button type="submit" loading={save.isPending} disabled={name.trim() === '' || chosen.length === 0}>{t('boards.save')}</Button>
        <Button variant="default" onClick={close}>{t('propose.cancel')}</Button>
      </div>
    </form>
  );
};
