import { useQuery } from '@tanstack/react-query';
import { createFileRoute, Link } from '@tanstack/react-router';
import css from '../../../../ui/data.module.css';
import { Answered, EmptyState, Page } from '../../../../ui/page';
import { When } from '../../../../ui/when';
import { customersCalls, type ImportView } from '../calls';
import { NewFile } from '../imports/new-file';
import { countText, t } from '../text';
import { useRight } from '../use-right';

export const Route = createFileRoute('/w/$workspace/customers/imports/')({ component: Imports });

const BUSY = new Set<ImportView['state']>(['uploaded', 'checking', 'applying', 'reverting']);

function Imports() {
  const { workspace } = Route.useParams();
  const may = useRight(workspace, 'records:import');
  const sources = useQuery(customersCalls.sources.queryOptions({ input: { workspace } }));
  const imports = useQuery({
    ...customersCalls.imports.queryOptions({ input: { workspace } }), enabled: may,
    refetchInterval: (query) => (query.state.data?.some((row) => BUSY.has(row.state)) ? 1_500 : false),
  });
  return (
    <Page title={t('imports.title')} source={t('imports.source')}>
      {may ? (
        <>
          <Answered query={sources}>{(data) => <NewFile workspace={workspace} sources={data} />}</Answered>
          <Answered query={imports}>{(data) => (data.length === 0 ? <EmptyState title={t('imports.empty')}><ul className={css.notes}><li>{t('imports.empty.1')}</li><li>{t('imports.empty.2')}</li><li>{t('imports.empty.3')}</li></ul></EmptyState> : <List workspace={workspace} rows={data} />)}</Answered>
        </>
      ) : (
        <EmptyState title={t('imports.closed')}>{t('imports.closed.text')}</EmptyState>
      )}
    </Page>
  );
}

const summary = ({ counts, state, progress }: ImportView): string =>
  state === 'checking' || state === 'uploaded' ? t('imports.progress', { count: progress }) : t('imports.counts', { new: countText(counts.new), changed: countText(counts.changed), same: countText(counts.same), rejected: countText(counts.rejected) });

const List = ({ workspace, rows }: { workspace: string; rows: ImportView[] }) => (
  <section className={css.section}>
    <h2 className="lead">{t('imports.list')}</h2>
    <div className={css.scroll}>
      <table className={css.table}>
        <thead><tr><th scope="col">{t('imports.file')}</th><th scope="col">{t('imports.state')}</th><th scope="col" className={css.wide}>{t('imports.rows')}</th><th scope="col" className={css.wide}>{t('imports.when')}</th></tr></thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.id}>
              <td><Link to="/w/$workspace/customers/imports/$import" params={{ workspace, import: row.id }} className={css.strong}>{row.fileName}</Link><div className="meta">{row.sourceName} · {t(`kind.${row.kind}`)}</div></td>
              <td>{t(`state.${row.state}`)}<div className={`meta ${css.narrow}`}>{summary(row)}</div></td>
              <td className={css.wide}>{summary(row)}</td>
              <td className={css.wide}><When at={row.createdAt} show="both" /></td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  </section>
);
