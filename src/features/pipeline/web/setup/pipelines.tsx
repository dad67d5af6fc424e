import { Button, Group, Modal, Select, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { pipelineClient, type SetupPipeline } from '../calls';
import css from './setup.module.css';
import { t } from './text';
import { useChange } from './use-change';

type Props = { workspace: string; all: SetupPipeline[]; pipeline: SetupPipeline; may: boolean; onChoose: (id: string) => void };

/** Which pipeline is shown; another one, another name, out of use. */
export const Pipelines = ({ workspace, all, pipeline, may, onChoose }: Props) => {
  const [asking, ask] = useState<'add' | 'rename' | null>(null);
  const change = useChange();
  const put = (name: string, archived: boolean) => pipelineClient.changePipeline({ workspace, id: pipeline.id, name, archived });
  const archived = pipeline.archivedAt !== null;
  return (
    <div className={css.top}>
      {all.length > 1 && <Select label={t('pipelines')} value={pipeline.id} allowDeselect={false} onChange={(value) => value && onChoose(value)} data={all.map(({ id, name, archivedAt }) => ({ value: id, label: archivedAt ? t('pipeline.archived', { name }) : name }))} />}
      {may && (
        <>
          <Button variant="default" onClick={() => ask('rename')}>{t('pipeline.rename')}</Button>
          {!pipeline.isDefault && <Button variant="default" onClick={() => change.mutate({ work: () => put(pipeline.name, !archived), undo: () => put(pipeline.name, archived), said: t(archived ? 'pipeline.restored.done' : 'pipeline.archived.done', { name: pipeline.name }) })}>{t(archived ? 'pipeline.restore' : 'pipeline.archive')}</Button>}
          <Button variant="default" onClick={() => ask('add')}>{t('pipeline.add')}</Button>
        </>
      )}
      {asking === 'rename' && <NameDialog title={t('pipeline.rename.title', { name: pipeline.name })} name={pipeline.name} onClose={() => ask(null)} change={(name) => ({ work: () => put(name, archived), undo: () => put(pipeline.name, archived), said: t('pipeline.renamed', { name }) })} />}
      {asking === 'add' && <NameDialog title={t('pipeline.add.title')} text={t('pipeline.add.text')} name="" onClose={() => ask(null)} change={(name) => ({ work: async () => onChoose((await pipelineClient.addPipeline({ workspace, name })).id), said: t('pipeline.added', { name }) })} />}
    </div>
  );
};

type Doing = { work: () => Promise<unknown>; undo?: () => Promise<unknown>; said: string };

const NameDialog = ({ title, text, name: first, change, onClose }: { title: string; text?: string; name: string; change: (name: string) => Doing; onClose: () => void }) => {
  const [name, setName] = useState(first);
  const act = useChange();
  return (
    <Modal opened onClose={onClose} title={title}>
      <form onSubmit={(event) => { event.preventDefault(); act.mutate({ ...change(name.trim()), done: onClose }); }}>
        <Stack gap="md">
          {text && <div>{text}</div>}
          <TextInput label={t('pipeline.name')} value={name} onChange={(event) => setName(event.currentTarget.value)} maxLength={80} required data-autofocus />
          <Group justify="flex-end" gap="sm"><Button variant="default" onClick={onClose}>{t('cancel')}</Button><Button type="submit" loading={act.isPending} disabled={name.trim() === ''}>{t('save')}</Button></Group>
        </Stack>
      </form>
    </Modal>
  );
};
