import { useQuery } from '@tanstack/react-query';
import { createFileRoute } from '@tanstack/react-router';
import { Answered, Page } from '../../../../ui/page';
import { pipelineCalls } from '../calls';
import { customersCalls } from '../hooks/calls';
import { Incoming } from '../hooks/incoming';
import { Outgoing } from '../hooks/outgoing';
import { t } from '../hooks/text';
import { PipelineNav } from '../pipeline-nav';
import { useRight } from '../use-right';

export const Route = createFileRoute('/w/$workspace/pipeline/connections')({ component: Connections });

function Connections() {
  const { workspace } = Route.useParams();
  const manages = useRight(workspace, 'webhooks:manage');
  const into = useQuery(customersCalls.hooks.queryOptions({ input: { workspace } }));
  const out = useQuery({ ...pipelineCalls.webhooks.queryOptions({ input: { workspace } }), enabled: manages });
  return (
    <Page title={into.data && (out.data ?? !manages) ? t('title', { out: out.data?.length ?? 0, into: into.data.length }) : t('tab')} tab={t('tab')} source={t('source')}>
      <PipelineNav workspace={workspace} />
      <Answered query={into} rows={2}>{(hooks) => <Incoming workspace={workspace} hooks={hooks} />}</Answered>
      {manages ? <Answered query={out} rows={2}>{(hooks) => <Outgoing workspace={workspace} hooks={hooks} />}</Answered> : <div className="meta">{t('denied.out')}</div>}
    </Page>
  );
}
