import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { createFileRoute } from '@tanstack/react-router';
import { useState } from 'react';
import { Answered, EmptyState, Page } from '../../../../ui/page';
import { peopleCalls, type ChangeSet } from '../calls';
import css from '../people.module.css';
import { PeopleNav } from '../people-nav';
import { RevertDialog } from '../revert-dialog';
import { coded, t } from '../text';
import { useEditor } from '../use-role';

export const Route = createFileRoute('/w/$workspace/people/changes')({ component: Changes });

const when = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short' });

const Made = ({ at }: { at: string }) => <time dateTime={at}>{when.format(new Date(at))}</time>;

const what = (row: ChangeSet): string => {
  const label = row.kind === 'edit' ? row.label.split(', ').map((field) => coded('field', field)).join(', ') : row.label;
  return t(`changes.${row.kind}`, { label });
};

function Changes() {
  const { workspace } = Route.useParams();
  const editor = useEditor(workspace);
  const [asking, setAsking] = useState<ChangeSet | null>(null);
  const rows = useQuery(peopleCalls.changes.queryOptions({ input: { workspace } }));
  return (
    <Page title={t('changes.title')} source={t('changes.source')}>
      <PeopleNav workspace={workspace} editor={editor} />
      <Answered query={rows}>
        {(data) =>
          data.length === 0 ? <EmptyState title={t('changes.empty')}>{t('changes.empty.text')}</EmptyState> : (
            <div className={css.scroll}>
              <table className={css.table}>
                <thead><tr><th scope="col">{t('changes.what')}</th><th scope="col" className={css.wide}>{t('changes.when')}</th><th scope="col" className={css.number}>{t('changes.people')}</th><th scope="col"><span className="visually-hidden">{t('changes.revert')}</span></th></tr></thead>
                <tbody>
                  {data.map((row) => (
                    <tr key={row.id}>
                      <td><div style={{ fontWeight: 500, overflowWrap: 'anywhere' }}>{what(row)}</div>{row.kind === 'import' && <div className="meta">{t('changes.counts.import', { new: row.counts['new'] ?? 0, changed: row.counts['changed'] ?? 0, rejected: row.counts['rejected'] ?? 0 })}</div>}<div className={`meta ${css.narrow}`}><Made at={row.madeAt} /></div></td>
                      <td className={css.wide} style={{ whiteSpace: 'nowrap' }}><Made at={row.madeAt} /></td>
                      <td className={css.number}>{row.people}</td>
                      <td style={{ textAlign: 'right' }}>{row.revertedAt ? <span className={css.quiet}>{t('changes.reverted')}</span> : <Button size="compact-sm" variant="default" onClick={() => setAsking(row)}>{t('changes.revert')}</Button>}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          )
        }
      </Answered>
      <RevertDialog workspace={workspace} changeSet={asking} onClose={() => setAsking(null)} />
    </Page>
  );
}
