import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { createFileRoute, Link } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { Confirm } from '../../../../ui/confirm';
import css from '../../../../ui/data.module.css';
import { Answered, FaultLine, Page } from '../../../../ui/page';
import { Carries } from '../../../pipeline/web/public';
import { customersCalls, type ImportDetail } from '../calls';
import { Columns } from '../imports/columns';
import { Questions, type Question } from '../imports/questions';
import { Rows } from '../imports/rows';
import { coded, countText, t } from '../text';

export const Route = createFileRoute('/w/$workspace/customers/imports/$import')({ component: OneImport });

const BUSY: readonly ImportDetail['state'][] = ['uploaded', 'checking', 'applying', 'reverting'];
const isBusy = (detail: ImportDetail): boolean => BUSY.includes(detail.state) && detail.mappingFault === null;

/** Every page tells of records: what any of them remembers is old once a file is in, or was taken back. */
const useAllAnew = (state: ImportDetail['state'] | undefined): void => {
  const queries = useQueryClient();
  const before = useRef(state);
  useEffect(() => {
    if (before.current && before.current !== state && (state === 'applied' || state === 'reverted')) void queries.invalidateQueries();
    before.current = state;
  }, [state, queries]);
};

function OneImport() {
  const { workspace, import: id } = Route.useParams();
  const state = useQuery({
    ...customersCalls.importState.queryOptions({ input: { workspace, id } }),
    refetchInterval: (query) => (query.state.data && isBusy(query.state.data) ? 1_000 : false),
  });
  const { data } = state;
  useAllAnew(data?.state);
  const title = data ? t(`import.title.${data.state}`, { file: data.fileName, count: data.counts.new + data.counts.changed }) : t('import.title');
  return (
    <Page title={title} source={data ? t('import.source', { source: data.sourceName, kind: t(`kind.${data.kind}`), size: countText(Math.max(1, Math.round(data.fileBytes / 1024))) }) : undefined}>
      <div><Link to="/w/$workspace/customers/imports" params={{ workspace }}>{t('import.back')}</Link></div>
      <Answered query={state}>{(detail) => <Detail key={`${detail.id}${detail.state}`} workspace={workspace} detail={detail} />}</Answered>
    </Page>
  );
}

const Detail = ({ workspace, detail }: { workspace: string; detail: ImportDetail }) => {
  const queries = useQueryClient();
  const [asking, setAsking] = useState(false);
  const [mapping, setMapping] = useState(detail.mapping);
  const [answered, setAnswered] = useState<ReadonlySet<Question>>(new Set());
  const unanswered = detail.toConfirm.filter((question) => !answered.has(question));
  const confirmed = detail.toConfirm.length > 0 && unanswered.length === 0;
  const onSuccess = () => queries.invalidateQueries({ queryKey: customersCalls.key() });
  const remap = useMutation(customersCalls.remap.mutationOptions({ onSuccess }));
  const apply = useMutation(customersCalls.applyImport.mutationOptions({ onSuccess }));
  const cancel = useMutation(customersCalls.cancelImport.mutationOptions({ onSuccess }));
  const revert = useMutation(customersCalls.revertImport.mutationOptions({ onSuccess: async () => { setAsking(false); await onSuccess(); } }));
  const of = { workspace, id: detail.id };
  const dirty = JSON.stringify(mapping) !== JSON.stringify(detail.mapping);
  const open = ['uploaded', 'checked', 'failed'].includes(detail.state);
  const busy = isBusy(detail);
  const writes = detail.counts.new + detail.counts.changed;
  return (
    <>
      {busy && <Progress detail={detail} />}
      {detail.fault && <p className="panel" role="alert" style={{ margin: 0 }}>{coded('fault', detail.fault)}</p>}
      {detail.mappingFault && <p className="panel" role="alert" style={{ margin: 0 }}>{coded('mappingFault', detail.mappingFault.code, { fields: detail.mappingFault.fields.map((field) => coded('field', field)).join(', ') })}</p>}
      {detail.state === 'checked' && detail.toConfirm.length > 0 && <Questions detail={detail} mapping={mapping} answered={answered} onAnswer={(question, next) => { setAnswered((before) => new Set([...before, question])); setMapping(next); }} />}
      {!busy && detail.state !== 'failed' && detail.state !== 'cancelled' && detail.mappingFault === null && <Rows workspace={workspace} detail={detail} />}
      {detail.state === 'applied' && <Carries workspace={workspace} />}
      {detail.columns.length > 0 && <Columns detail={detail} mapping={mapping} locked={!open} onMapping={setMapping} />}
      <FaultLine error={remap.error ?? apply.error ?? cancel.error} />
      <div className={css.bar}>
        {dirty ? <Button loading={remap.isPending} onClick={() => remap.mutate({ ...of, mapping, confirmed })}>{t('import.recheck')}</Button>
          : detail.state === 'checked' && <Button disabled={writes === 0 || unanswered.length > 0} loading={apply.isPending} onClick={() => apply.mutate({ ...of, confirmed })}>{writes === 0 ? t('import.nothing') : t('import.apply', { count: writes })}</Button>}
        {dirty && <Button variant="default" onClick={() => { setMapping(detail.mapping); setAnswered(new Set()); }}>{t('import.asBefore')}</Button>}
        {(open || detail.state === 'checking' || detail.state === 'applying') && <Button variant="default" loading={cancel.isPending} onClick={() => cancel.mutate(of)}>{t(detail.state === 'applying' ? 'import.stop' : 'import.cancel')}</Button>}
        {detail.state === 'applied' && <Button component={Link} to={`/w/${workspace}/customers`}>{t('import.see')}</Button>}
        {detail.state === 'applied' && <Button variant="default" onClick={() => setAsking(true)}>{t('import.revert')}</Button>}
        {(detail.state === 'cancelled' || detail.state === 'reverted') && <Button variant="default" component={Link} to={`/w/${workspace}/customers/imports`}>{t('import.another')}</Button>}
        <span className="meta">{detail.state === 'checked' && unanswered.length > 0 ? t('questions.first') : t(`import.hint.${detail.state}`)}</span>
      </div>
      <Confirm opened={asking} title={t('import.revert.title', { file: detail.fileName })} button={t('import.revert')} busy={revert.isPending} error={revert.error} onConfirm={() => revert.mutate(of)} onClose={() => setAsking(false)}>
        {t('import.revert.text', { new: countText(detail.counts.new), changed: countText(detail.counts.changed) })}
      </Confirm>
    </>
  );
};

/** How far writing has got is known; how long a file is, only once it has been read. */
const shareOf = ({ state, progress, counts }: ImportDetail): number | null => {
  const rows = counts.new + counts.changed + counts.same;
  return (state === 'applying' || state === 'reverting') && rows > 0 ? Math.min(1, progress / rows) : null;
};

const Progress = ({ detail }: { detail: ImportDetail }) => {
  const share = shareOf(detail);
  return (
    <section className={css.section} role="status" aria-live="polite">
      <span>{t(`progress.${detail.state}`, { count: countText(detail.progress) })}</span>
      {share !== null && <div className={css.track}><div style={{ width: `${share * 100}%` }} /></div>}
      <span className="meta">{t('progress.leave')}</span>
    </section>
  );
};
