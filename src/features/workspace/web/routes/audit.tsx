import { Button, Select } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { createFileRoute } from '@tanstack/react-router';
import { useState } from 'react';
import { Answered } from '../../../../ui/page';
import type { AuditArea } from '../../contract';
import { AuditList } from '../audit-list';
import { workspaceClient } from '../calls';
import { ForThose } from '../here';
import css from '../settings.module.css';
import { t } from '../text';

export const Route = createFileRoute('/w/$workspace/settings/audit')({ component: Audit });

const AREAS = ['workspace', 'member', 'people', 'wave', 'customers', 'pipeline', 'agreements', 'goals', 'diagnosis', 'huddle', 'improvement', 'token'] as const satisfies readonly AuditArea[];
const AT_ONCE = 50;

function Audit() {
  const { workspace } = Route.useParams();
  return <ForThose workspace={workspace} who="audit:read">{() => <Trail workspace={workspace} />}</ForThose>;
}

const Trail = ({ workspace }: { workspace: string }) => {
  const [about, setAbout] = useState<AuditArea | null>(null);
  const [now] = useState(() => new Date());
  const trail = useInfiniteQuery({
    queryKey: ['workspace', 'audit-pages', workspace, about],
    queryFn: ({ pageParam }) => workspaceClient.audit({ workspace, limit: AT_ONCE, ...(about ? { about } : {}), ...(pageParam ? { before: pageParam } : {}) }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => (page.length < AT_ONCE ? undefined : page[page.length - 1]?.at),
  });
  return (
    <div className={css.section}>
      <Select
        label={t('audit.filter')} maw={260} allowDeselect={false} value={about ?? ''}
        data={[{ value: '', label: t('audit.all') }, ...AREAS.map((area) => ({ value: area, label: t(`audit.area.${area}`) }))]}
        onChange={(value) => setAbout(AREAS.find((area) => area === value) ?? null)}
      />
      <Answered query={trail}>
        {({ pages }) => {
          const events = pages.flat();
          return events.length === 0 ? <p>{t('audit.none')}</p> : <AuditList workspace={workspace} events={events} now={now} />;
        }}
      </Answered>
      {trail.hasNextPage && <Button variant="default" loading={trail.isFetchingNextPage} onClick={() => void trail.fetchNextPage()} style={{ alignSelf: 'flex-start' }}>{t('audit.more')}</Button>}
      <p className="meta" style={{ margin: 0 }}>{t('audit.note')}</p>
    </div>
  );
};
