import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { createFileRoute, Link } from '@tanstack/react-router';
import { Answered, EmptyState, Page } from '../../../../ui/page';
import { peopleCalls } from '../calls';
import { DepartmentBoard } from '../department-board';
import { PeopleNav } from '../people-nav';
import { SiteBoard } from '../site-board';
import css from '../people.module.css';
import { t } from '../text';
import { useEditor } from '../use-role';

export const Route = createFileRoute('/w/$workspace/people/departments')({ component: Departments });

function Departments() {
  const { workspace } = Route.useParams();
  const editor = useEditor(workspace);
  const departments = useQuery(peopleCalls.departments.queryOptions({ input: { workspace } }));
  const sites = useQuery(peopleCalls.sites.queryOptions({ input: { workspace } }));
  return (
    <Page title={t('departments.title')} source={t('departments.source')}>
      <PeopleNav workspace={workspace} editor={editor} />
      <Answered query={departments} rows={8}>
        {(groups) =>
          groups.some((group) => group.label !== '')
            ? <DepartmentBoard workspace={workspace} groups={groups} editor={editor} />
            : <EmptyState title={t('departments.empty')} action={editor && <Button component={Link} to={`/w/${workspace}/people/import`}>{t('list.import')}</Button>}>{t('departments.empty.text')}</EmptyState>
        }
      </Answered>
      {sites.data?.some((group) => group.label !== '') && (
        <section className={css.section}>
          <h2 className="lead">{t('sites.title')}</h2>
          <SiteBoard workspace={workspace} groups={sites.data} editor={editor} />
        </section>
      )}
    </Page>
  );
}
