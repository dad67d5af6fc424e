import { Button, Checkbox } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { createFileRoute, Link } from '@tanstack/react-router';
import { useState } from 'react';
import { FunctionLabel } from '../../../../ui/function-mark';
import { sayFault } from '../../../../ui/notify';
import { Answered, Page, Pending } from '../../../../ui/page';
import { peopleCalls } from '../calls';
import css from '../people.module.css';
import { PeopleNav } from '../people-nav';
import { functionText, levelText, t } from '../text';
import { useChanged } from '../use-changed';
import { useEditor } from '../use-role';

export const Route = createFileRoute('/w/$workspace/people/levels')({ component: Levels });

function Levels() {
  const { workspace } = Route.useParams();
  const editor = useEditor(workspace);
  const changed = useChanged(workspace);
  const [overrule, setOverrule] = useState(false);
  const proposal = useQuery(peopleCalls.levels.queryOptions({ input: { workspace } }));
  const apply = useMutation(peopleCalls.setLevels.mutationOptions({ onSuccess: (result) => changed.told(t('levels.done', { count: result.changed }), result.changeSet), onError: sayFault }));
  const count = (proposal.data?.changes.length ?? 0) + (overrule ? (proposal.data?.kept.length ?? 0) : 0);
  return (
    <Page
      title={t('levels.title', { count: proposal.data?.changes.length ?? 0 })}
      source={t('levels.source')}
      actions={editor && count > 0 ? <Button loading={apply.isPending} onClick={() => apply.mutate({ workspace, overrule })}>{t('levels.apply', { count })}</Button> : undefined}
    >
      <PeopleNav workspace={workspace} editor={editor} />
      {proposal.isPending ? <Pending rows={8} /> : (
        <Answered query={proposal}>
          {(data) => (
            <>
              {(data.notes.length > 0 || data.withoutFunction > 0) && (
                <ul className={css.gaps}>
                  {data.withoutFunction > 0 && <li><span>{t('levels.withoutFunction', { count: data.withoutFunction })}</span><Button size="compact-sm" variant="default" component={Link} to={`/w/${workspace}/people/departments`}>{t('gap.function.do')}</Button></li>}
                  {data.notes.map((note) => <li key={`${note.code}${note.function}`}><span>{t(`levels.note.${note.code}`, { fn: functionText(note.function).toLowerCase(), names: note.names.join(', ') })}</span></li>)}
                </ul>
              )}
              {data.changes.length === 0 && data.kept.length === 0 && <p className="panel" style={{ margin: 0 }}>{t('levels.empty')}</p>}
              {data.changes.length > 0 && (
                <div className={css.scroll}>
                  <table className={css.table}>
                    <thead><tr><th scope="col">{t('levels.person')}</th><th scope="col">{t('field.function')}</th><th scope="col">{t('levels.before')}</th><th scope="col">{t('levels.after')}</th></tr></thead>
                    <tbody>
                      {data.changes.map((change) => (
                        <tr key={change.id}><td style={{ fontWeight: 500 }}>{change.name}</td><td><FunctionLabel fn={change.function} /></td><td className={css.quiet}>{change.before ? levelText(change.before) : t('value.none')}</td><td>{levelText(change.after)}</td></tr>
                      ))}
                    </tbody>
                  </table>
                </div>
              )}
              {data.kept.length > 0 && (
                <section className={css.section}>
                  <h2 className="lead">{t('levels.kept', { count: data.kept.length })}</h2>
                  {editor && <Checkbox label={t('levels.overrule')} checked={overrule} onChange={(event) => setOverrule(event.currentTarget.checked)} />}
                  <div className={css.scroll}>
                    <table className={css.table}>
                      <thead><tr><th scope="col">{t('levels.person')}</th><th scope="col">{t('levels.before')}</th><th scope="col">{t('levels.after')}</th></tr></thead>
                      <tbody>{data.kept.map((entry) => <tr key={entry.id}><td style={{ fontWeight: 500 }}>{entry.name}</td><td>{levelText(entry.said)}</td><td className={css.quiet}>{levelText(entry.derived)}</td></tr>)}</tbody>
                    </table>
                  </div>
                </section>
              )}
            </>
          )}
        </Answered>
      )}
    </Page>
  );
}
