import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { createFileRoute, Link } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import { faultOf } from '../../../../browser/rpc';
import { FaultLine, Page } from '../../../../ui/page';
import { peopleCalls, type Preview } from '../calls';
import { DropFile } from '../import/drop-file';
import { PreviewPage } from '../import/preview-page';
import css from '../people.module.css';
import { PeopleNav } from '../people-nav';
import { RevertDialog } from '../revert-dialog';
import { coded, t } from '../text';
import { useChanged } from '../use-changed';
import { useEditor } from '../use-role';

export const Route = createFileRoute('/w/$workspace/people/import')({ component: Import });

type Mapping = Preview['mapping'];

function Import() {
  const { workspace } = Route.useParams();
  const editor = useEditor(workspace);
  const { reload } = useChanged(workspace);
  const [file, setFile] = useState<File | null>(null);
  const [stale, setStale] = useState(false);
  // One id per previewed file: pressing twice, or again after a lost answer, imports once.
  const id = useRef(crypto.randomUUID());
  const preview = useMutation(peopleCalls.preview.mutationOptions());
  const apply = useMutation(peopleCalls.import.mutationOptions({ onSuccess: reload }));
  const look = (chosen: File, mapping?: Mapping) => preview.mutate({ workspace, file: chosen, ...(mapping ? { mapping } : {}) });
  const choose = (chosen: File) => {
    id.current = crypto.randomUUID();
    setFile(chosen);
    setStale(false);
    apply.reset();
    preview.reset();
    look(chosen);
  };
  const start = (mapping: Mapping, fingerprint: string, skipLines: number[]) => {
    if (!file) return;
    apply.mutate({ workspace, id: id.current, file, mapping, fingerprint, skipLines }, {
      onError: (error) => {
        if (faultOf(error).code !== 'CHANGED_MEANWHILE') return;
        setStale(true);
        look(file, mapping);
      },
    });
  };
  const again = () => {
    setFile(null);
    preview.reset();
    apply.reset();
  };
  const title = apply.data ? t('import.title.done', { file: file?.name ?? '' }) : preview.data && file ? t('import.title.preview', { file: file.name }) : t('import.title.choose');
  return (
    <Page title={title} source={t('import.source')} actions={file && !apply.data ? <Button variant="default" onClick={again}>{t('import.another')}</Button> : undefined}>
      <PeopleNav workspace={workspace} editor={editor} />
      {apply.data ? <Done workspace={workspace} result={apply.data} rows={preview.data?.rows ?? []} onAgain={again} /> : preview.data && file ? (
        <>
          {stale && <p className="panel" role="status" style={{ margin: 0 }}>{t('import.stale')}</p>}
          <PreviewPage preview={preview.data} busy={preview.isPending} writing={apply.isPending ? { workspace, id: id.current } : null} error={preview.error ?? (stale ? null : apply.error)} onMapping={(mapping) => look(file, mapping)} onApply={start} />
        </>
      ) : (
        <>
          <DropFile onFile={choose} reading={preview.isPending ? (file?.name ?? '') : null} />
          <FaultLine error={preview.error} />
        </>
      )}
    </Page>
  );
}

const Done = ({ workspace, result, rows, onAgain }: { workspace: string; result: { changeSet: string; counts: Preview['counts']; skipped: number }; rows: Preview['rows']; onAgain: () => void }) => {
  const [asking, setAsking] = useState(false);
  const { counts } = result;
  const left = rows.filter((row) => row.status === 'rejected');
  return (
    <>
      <div className={css.counts} role="status">
        {(['new', 'changed', 'same', 'merged', 'rejected'] as const).map((key) => <div key={key} className={css.count} data-some={counts[key] > 0 || undefined}><div className="figure">{counts[key]}</div><div className="meta">{t(`import.count.${key}`)}</div></div>)}
      </div>
      {result.skipped > 0 && <p style={{ margin: 0 }}>{t('import.skipped', { count: result.skipped })}</p>}
      {counts.rejected > 0 && (
        <section className={css.section} style={{ maxWidth: 640 }}>
          <p style={{ margin: 0 }}>{t('import.done.problems', { count: counts.rejected })}</p>
          <ul className={css.notes}>{left.slice(0, 50).map((row) => <li key={row.line}>{t('import.done.row', { line: row.line, name: row.name || row.email || '–', why: row.problems.map((problem) => coded('problem', problem.code, { detail: problem.detail })).join(' ') })}</li>)}</ul>
          {left.length > 50 && <div className="meta">{t('import.rows.cut', { shown: 50, total: counts.rejected })}</div>}
        </section>
      )}
      <section className={css.section}>
        <h2 className="lead">{t('import.done.next')}</h2>
        <div className={css.chips}>
          <Button component={Link} to={`/w/${workspace}/people/departments`}>{t('import.done.departments')}</Button>
          <Button variant="default" component={Link} to={`/w/${workspace}/people/levels`}>{t('import.done.levels')}</Button>
          <Button variant="default" component={Link} to={`/w/${workspace}/people`}>{t('import.done.people')}</Button>
          <Button variant="default" onClick={onAgain}>{t('import.another')}</Button>
          <Button variant="subtle" color="ink" onClick={() => setAsking(true)}>{t('import.done.revert')}</Button>
        </div>
      </section>
      <RevertDialog workspace={workspace} changeSet={asking ? { id: result.changeSet, people: counts.new + counts.changed } : null} onClose={() => setAsking(false)} />
    </>
  );
};
