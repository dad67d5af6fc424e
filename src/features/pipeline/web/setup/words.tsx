import { Select } from '@mantine/core';
import { pipelineClient, type Setup } from '../calls';
import css from './setup.module.css';
import { t } from './text';
import { useChange } from './use-change';

const ASKED = 'asked';

/** What each word that a system uses for a stage or status means here. */
export const Words = ({ workspace, setup, may }: { workspace: string; setup: Setup; may: boolean }) => {
  const change = useChange();
  const live = setup.pipelines.filter((pipeline) => pipeline.archivedAt === null);
  const groups = live.map((pipeline) => ({ group: pipeline.name, items: pipeline.stages.filter((stage) => stage.archivedAt === null).map((stage) => ({ value: stage.id, label: stage.name })) }));
  const names = new Map(setup.pipelines.flatMap((pipeline) => pipeline.stages.map((stage) => [stage.id, stage.name] as const)));
  const mean = (row: Setup['words'][number], stageId: string | null) => {
    const put = (to: string | null) => pipelineClient.sayWord({ workspace, source: row.sourceId, word: row.word, stageId: to });
    change.mutate({ work: () => put(stageId), undo: () => put(row.stageId), said: stageId ? t('words.said', { word: row.spelling, stage: names.get(stageId) ?? '' }) : t('words.back', { word: row.spelling }) });
  };
  return (
    <section className={css.section} aria-labelledby="words">
      <h2 id="words">{t('words')}</h2>
      <p>{setup.words.length === 0 ? t('words.none') : t('words.text')}</p>
      {setup.words.length > 0 && (
        <div>
          {setup.words.map((row) => (
            <div key={`${row.sourceId} ${row.word}`} className={css.words}>
              <strong data-user-text>{row.spelling}</strong>
              <span className="meta" data-user-text>{row.sourceName}</span>
              <Select
                aria-label={t('words.of', { word: row.spelling, system: row.sourceName })} disabled={!may || change.isPending} value={row.stageId ?? ASKED} allowDeselect={false}
                data={[{ value: ASKED, label: t('words.asked') }, ...groups]} onChange={(value) => mean(row, value === ASKED ? null : value)}
              />
            </div>
          ))}
        </div>
      )}
    </section>
  );
};
