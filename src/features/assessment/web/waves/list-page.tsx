import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { Answered, EmptyState, FaultLine, Page } from '../../../../ui/page';
import { can, type Me } from '../../policy';
import { assessmentCalls } from '../calls';
import { ImportAnswers } from './import-answers';
import { Instruments } from './instruments';
import { t } from './text';
import { useNow, useWorkspace } from './use-me';
import { WaveRow } from './wave-row';
import { shownState, type Wave } from './wave-state';
import css from './waves.module.css';
import { month } from './when';

/** Every survey of the workspace, what is asked next, and the questionnaires that can be asked. */
export const ListPage = ({ workspace }: { workspace: string }) => {
  const waves = useQuery(assessmentCalls.waves.queryOptions({ input: { workspace }, refetchInterval: 60_000 }));
  const here = useWorkspace(workspace);
  const start = useStart(workspace);
  const [importing, setImporting] = useState(false);
  const manages = here !== undefined && can(here.me, 'wave:manage');
  const some = (waves.data?.length ?? 0) > 0;
  return (
    <Page
      title={titleOf(waves.data)}
      actions={manages && some ? <><Button variant="default" onClick={() => setImporting(true)}>{t('import.button')}</Button><Button loading={start.isPending} onClick={() => start.mutate({ workspace })}>{t('list.start')}</Button></> : undefined}
    >
      <FaultLine error={start.error} />
      <Answered query={waves}>
        {(list) => (list.length === 0 ? <Empty workspace={workspace} manages={manages} start={start} onImport={() => setImporting(true)} /> : <Waves workspace={workspace} list={list} me={here?.me} start={start} />)}
      </Answered>
      {manages && <Instruments workspace={workspace} />}
      {importing && <ImportAnswers workspace={workspace} onClose={() => setImporting(false)} />}
    </Page>
  );
};

const titleOf = (list: Wave[] | undefined): string => {
  const open = (list ?? []).filter((wave) => wave.state === 'open').length;
  const counting = (list ?? []).filter((wave) => wave.state === 'closing').length;
  const closed = (list ?? []).filter((wave) => wave.state === 'closed').length;
  if (list === undefined) return t('list.title.unknown');
  return list.length === 0 ? t('list.title.none') : t('list.title', { open, counting, closed });
};

const useStart = (workspace: string) => {
  const queries = useQueryClient();
  const navigate = useNavigate();
  return useMutation(
    assessmentCalls.createWave.mutationOptions({
      onSuccess: async (made) => {
        await queries.invalidateQueries({ queryKey: assessmentCalls.waves.key() });
        await navigate({ to: '/w/$workspace/understand/waves/$wave', params: { workspace, wave: made.id } });
      },
    }),
  );
};

type Start = ReturnType<typeof useStart>;

const Empty = ({ workspace, manages, start, onImport }: { workspace: string; manages: boolean; start: Start; onImport: () => void }) => (
  <EmptyState
    title={t('empty.title')}
    action={
      manages && (
        <div className={css.buttons}>
          <Button loading={start.isPending} onClick={() => start.mutate({ workspace })}>{t('empty.start')}</Button>
          <Button variant="default" component={Link} to={`/w/${workspace}/people`}>{t('empty.people')}</Button>
          <Button variant="subtle" color="ink" onClick={onImport}>{t('import.button')}</Button>
        </div>
      )
    }
  >
    <p style={{ marginTop: 0 }}>{t('empty.what')}</p>
    <p>{t('empty.anonymous')}</p>
    <p style={{ marginBottom: 0 }}>{manages ? t('empty.time') : t('empty.reader')}</p>
  </EmptyState>
);

const Waves = ({ workspace, list, me, start }: { workspace: string; list: Wave[]; me: Me | undefined; start: Start }) => {
  const now = useNow();
  const followed = new Set(list.map((wave) => wave.previousWaveId));
  const last = list.filter((wave) => wave.state === 'closed').sort((a, b) => (b.closedAt ?? '').localeCompare(a.closedAt ?? ''))[0];
  const next = last && !followed.has(last.id) && last.nextProposedFor && me && can(me, 'wave:manage') ? last : undefined;
  return (
    <>
      {next?.nextProposedFor && (
        <section className={`panel ${css.next}`}>
          <span>{t('next.proposed', { name: next.name, month: month(next.nextProposedFor) })}<br /><span className="meta">{t('next.why')}</span></span>
          <Button variant="default" loading={start.isPending} onClick={() => start.mutate({ workspace, from: next.id })}>{t('next.make')}</Button>
        </section>
      )}
      <section aria-label={t('list.label')}>
        <ul className={css.list}>
          {list.map((wave) => <WaveRow key={wave.id} workspace={workspace} wave={wave} state={shownState(wave, now)} now={now} me={me} />)}
        </ul>
      </section>
    </>
  );
};
