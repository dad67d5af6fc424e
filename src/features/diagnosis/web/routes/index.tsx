import { Button } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { createFileRoute } from '@tanstack/react-router';
import { download } from '../../../../ui/download';
import { sayFault } from '../../../../ui/notify';
import { Answered, Page } from '../../../../ui/page';
import { dayText } from '../../../../ui/when';
import { standsBehind } from '../../domain/causes';
import { Align } from '../align';
import { diagnosisCalls, diagnosisClient, type View } from '../calls';
import { Causes } from '../causes';
import { Chain } from '../chain';
import { Checklist } from '../checklist';
import { OverWaves } from '../over-waves';
import { Place } from '../place';
import { listed, t } from '../text';
import { Views } from '../views';

export const Route = createFileRoute('/w/$workspace/diagnosis/')({ component: Diagnosis });

const isUntold = ({ causes }: View): boolean => causes.every(({ standing, verdict }) => standing === 'cannot_tell' && !verdict);

const titleOf = (view: View): string => {
  const { causes } = view;
  if (isUntold(view)) return t('title.none');
  const likely = causes.filter(({ standing, verdict }) => standsBehind(standing, verdict?.verdict ?? null));
  return t('title.some', { count: likely.length, names: listed(likely.map(({ cause }) => t(`cause.${cause}`).toLowerCase())) });
};

function Diagnosis() {
  const { workspace } = Route.useParams();
  const diagnosis = useQuery(diagnosisCalls.read.queryOptions({ input: { workspace } }));
  const view = diagnosis.data;
  return (
    <Page
      title={view ? titleOf(view) : t('causes.title')}
      tab={t('causes.title')}
      source={view && (view.survey ? t('source', { survey: view.survey.name, closed: dayText(view.survey.closedAt) }) : t('source.recorded'))}
      actions={<><Paper workspace={workspace} format="pdf" /><Paper workspace={workspace} format="pptx" /></>}
    >
      <Answered query={diagnosis}>
        {(found) => (
          <>
            {/* Before anything can be told of causes, a few facts are what one can begin with. */}
            {isUntold(found) && <Place workspace={workspace} view={found} />}
            <Causes workspace={workspace} view={found} />
            <Chain chain={found.chain} />
            <OverWaves over={found.overWaves} />
            {!isUntold(found) && <Place workspace={workspace} view={found} />}
            <Align workspace={workspace} view={found} />
            <Checklist workspace={workspace} view={found} />
            <Views workspace={workspace} view={found} />
          </>
        )}
      </Answered>
    </Page>
  );
}

/** The page's findings to take along. */
const Paper = ({ workspace, format }: { workspace: string; format: 'pdf' | 'pptx' }) => {
  const take = useMutation({ mutationFn: () => diagnosisClient.file({ workspace, format }), onSuccess: download, onError: sayFault });
  return <Button variant="default" loading={take.isPending} onClick={() => take.mutate()}>{t(`paper.${format}`)}</Button>;
};
