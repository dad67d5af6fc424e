import { useQuery } from '@tanstack/react-query';
import { createFileRoute, useNavigate } from '@tanstack/react-router';
import { Answered, Page } from '../../../../ui/page';
import { pipelineCalls, type Setup } from '../calls';
import { PipelineNav } from '../pipeline-nav';
import { Pipelines } from '../setup/pipelines';
import { Settings } from '../setup/settings';
import css from '../setup/setup.module.css';
import { ClosedStages, StageRows } from '../setup/stage-rows';
import { t } from '../setup/text';
import { Words } from '../setup/words';
import { t as word } from '../text';
import { useRight } from '../use-right';

type Search = { pipeline?: string };
export const Route = createFileRoute('/w/$workspace/pipeline/setup')({
  component: SetUp,
  validateSearch: (raw: Record<string, unknown>): Search => (typeof raw['pipeline'] === 'string' ? { pipeline: raw['pipeline'] } : {}),
});

function SetUp() {
  const { workspace } = Route.useParams();
  const setup = useQuery(pipelineCalls.setup.queryOptions({ input: { workspace } }));
  return <Answered query={setup} rows={9}>{(data) => <Shown workspace={workspace} setup={data} />}</Answered>;
}

const Shown = ({ workspace, setup }: { workspace: string; setup: Setup }) => {
  const search = Route.useSearch();
  const navigate = useNavigate();
  const may = useRight(workspace, 'pipeline:setup');
  const pipeline = setup.pipelines.find((each) => each.id === search.pipeline) ?? setup.pipelines[0];
  const asked = setup.words.filter((row) => row.stageId === null).length;
  return (
    <Page title={pipeline ? t('title', { stages: pipeline.stages.filter((stage) => stage.archivedAt === null).length, name: pipeline.name, asked }) : t('title.none')} tab={word('nav.setup')} source={t('source')}>
      <PipelineNav workspace={workspace} />
      {!may && <div className="meta">{t('readonly')}</div>}
      {asked > 0 && <Words workspace={workspace} setup={setup} may={may} />}
      {pipeline && (
        <section className={css.section} aria-labelledby="stages">
          <h2 id="stages">{t('stages')}</h2>
          <Pipelines workspace={workspace} all={setup.pipelines} pipeline={pipeline} may={may} onChoose={(id) => void navigate({ to: '/w/$workspace/pipeline/setup', params: { workspace }, search: { pipeline: id }, replace: true })} />
          {may && <p className="meta">{t('stages.text')}</p>}
          <StageRows key={pipeline.id} workspace={workspace} pipeline={pipeline} terms={setup.terms} may={may} />
          <ClosedStages workspace={workspace} pipeline={pipeline} may={may} />
        </section>
      )}
      {asked === 0 && <Words workspace={workspace} setup={setup} may={may} />}
      <Settings key={setup.setting.returnReasons.join('\n')} workspace={workspace} setting={setup.setting} may={may} />
    </Page>
  );
};
