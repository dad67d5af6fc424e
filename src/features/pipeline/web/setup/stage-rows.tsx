import { Button, Group, Modal, Select, Stack } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconGripVertical } from '@tabler/icons-react';
import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import { FunctionLabel, FunctionShape } from '../../../../ui/function-mark';
import { pipelineClient, type SetupPipeline, type SetupStage, type SetupTerm } from '../calls';
import { countText } from '../text';
import css from './setup.module.css';
import { StageForm } from './stage-form';
import { t } from './text';
import { useChange } from './use-change';

type Props = { workspace: string; pipeline: SetupPipeline; terms: SetupTerm[]; may: boolean };

/** Moves one of a list to another place. */
const moved = (order: readonly string[], id: string, to: number): string[] => {
  const rest = order.filter((each) => each !== id);
  return [...rest.slice(0, to), id, ...rest.slice(to)];
};

/** The order as it is being arranged, saved once the hand rests. */
const useOrder = (workspace: string, pipeline: SetupPipeline, inUse: readonly SetupStage[]) => {
  const there = inUse.map((stage) => stage.id);
  const [order, setOrder] = useState<string[] | null>(null);
  const change = useChange();
  const save = useDebouncedCallback((next: string[]) => {
    change.mutate({ work: () => pipelineClient.orderStages({ workspace, id: pipeline.id, stages: next }), undo: () => pipelineClient.orderStages({ workspace, id: pipeline.id, stages: there }), said: t('stage.ordered') }, { onSettled: () => setOrder(null) });
  }, 700);
  return {
    order: order ?? there,
    put: (id: string, to: number) => {
      const next = moved(order ?? there, id, to);
      setOrder(next);
      save(next);
    },
  };
};

export const StageRows = ({ workspace, pipeline, terms, may }: Props) => {
  const inUse = pipeline.stages.filter((stage) => stage.archivedAt === null);
  const { order, put } = useOrder(workspace, pipeline, inUse);
  const [said, saySomething] = useState('');
  const [dragged, setDragged] = useState<string | null>(null);
  const [editing, edit] = useState<SetupStage | 'new' | null>(null);
  const [closing, close] = useState<SetupStage | null>(null);
  const held = useRef<string | null>(null);
  const list = useRef<HTMLOListElement>(null);
  useEffect(() => {
    if (held.current) list.current?.querySelector<HTMLElement>(`[data-handle="${held.current}"]`)?.focus();
    held.current = null;
  }, [order]);
  const go = (stage: SetupStage, to: number) => {
    if (to < 0 || to >= order.length) return;
    held.current = stage.id;
    put(stage.id, to);
    saySomething(t('stage.moved', { stage: stage.name, at: to + 1, of: order.length }));
  };
  const stages = order.flatMap((id) => inUse.find((stage) => stage.id === id) ?? []);
  return (
    <>
      <div className={css.head} aria-hidden="true"><span /><span>{t('stages.head.stage')}</span><span>{t('stages.head.asks')}</span><span>{t('stages.head.buyer')}</span><span /></div>
      <ol className={css.stages} ref={list}>
        {stages.map((stage, at) => (
          <li
            key={stage.id} className={css.stage} data-dragged={dragged === stage.id || undefined}
            onDragOver={(event) => { if (dragged) { event.preventDefault(); if (dragged !== stage.id && order[at] !== dragged) put(dragged, at); } }}
            onDrop={(event) => { event.preventDefault(); setDragged(null); }}
          >
            {may ? (
              <button
                type="button" className={css.handle} data-handle={stage.id} draggable aria-label={t('stage.handle', { stage: stage.name, at: at + 1, of: stages.length })}
                onDragStart={(event) => { event.dataTransfer.setData('text/plain', stage.id); event.dataTransfer.effectAllowed = 'move'; setDragged(stage.id); }} onDragEnd={() => setDragged(null)}
                onKeyDown={(event: KeyboardEvent) => { if (event.key === 'ArrowUp' || event.key === 'ArrowDown') { event.preventDefault(); go(stage, at + (event.key === 'ArrowUp' ? -1 : 1)); } }}
              ><IconGripVertical size={16} /></button>
            ) : <span className={css.place}>{at + 1}</span>}
            <Named stage={stage} terms={terms} />
            <Asks stage={stage} />
            <span className={css.buyer} data-none={stage.buyer === null || undefined}><span className={css.only}>{t('stages.head.buyer')} </span>{stage.buyer ? t(`buyer.${stage.buyer}`) : '–'}</span>
            {may && <span className={css.acts}><span className={css.only}><Button size="compact-sm" variant="default" disabled={at === 0} aria-label={t('stage.up', { stage: stage.name })} onClick={() => go(stage, at - 1)}>↑</Button> <Button size="compact-sm" variant="default" disabled={at === stages.length - 1} aria-label={t('stage.down', { stage: stage.name })} onClick={() => go(stage, at + 1)}>↓</Button></span><Button size="compact-sm" variant="default" aria-label={t('stage.edit.of', { stage: stage.name })} onClick={() => edit(stage)}>{t('stage.edit')}</Button><Button size="compact-sm" variant="subtle" color="ink" aria-label={t('stage.close.of', { stage: stage.name })} onClick={() => close(stage)}>{t('stage.close')}</Button></span>}
          </li>
        ))}
      </ol>
      <div role="status" className={css.said}>{said}</div>
      {may && <Group><Button variant="default" onClick={() => edit('new')}>{t('stage.add')}</Button></Group>}
      {editing && <StageForm workspace={workspace} pipeline={pipeline} stage={editing === 'new' ? null : editing} terms={terms} onClose={() => edit(null)} />}
      {closing && <CloseStage workspace={workspace} stage={closing} others={stages.filter((stage) => stage.id !== closing.id)} onClose={() => close(null)} />}
    </>
  );
};

const Named = ({ stage, terms }: { stage: SetupStage; terms: SetupTerm[] }) => {
  const term = terms.find((each) => each.id === stage.termId);
  const rests = stage.termId === null ? t('stage.rests.none') : !term ? t('stage.rests.gone') : term.version === null ? t('stage.rests.open', { term: term.name }) : t('stage.rests', { term: term.name, version: term.version });
  return (
    <span className={css.named}>
      <strong data-user-text>{stage.name}</strong>
      <span><FunctionLabel fn={stage.owner} /> <span className="meta">{t('stage.leads', { n: stage.leads, count: countText(stage.leads) })}</span></span>
      <span className="meta">{rests}</span>
    </span>
  );
};

const Asks = ({ stage }: { stage: SetupStage }) => {
  const other = stage.owner === 'sales' ? 'marketing' : 'sales';
  const side = t(`side.${other}`);
  return (
    <span className={css.named}>
      <span data-user-text>{stage.criteria || <span className="meta">{t('stage.criteria.none')}</span>}</span>
      {stage.contribution ? <span className={css.adds} data-user-text><FunctionShape fn={other} /> {stage.contribution}</span> : <span className="meta">{t('stage.adds.none', { side: side.toLowerCase() })}</span>}
    </span>
  );
};

const CloseStage = ({ workspace, stage, others, onClose }: { workspace: string; stage: SetupStage; others: SetupStage[]; onClose: () => void }) => {
  const [to, setTo] = useState<string | null>(null);
  const change = useChange();
  const act = useRef<string | null>(null);
  const save = (movesTo: string) =>
    change.mutate({
      work: async () => {
        const done = await pipelineClient.archiveStage({ workspace, id: stage.id, movesTo });
        act.current = done.moved > 0 ? done.act : null;
      },
      undo: () => pipelineClient.restoreStage({ workspace, id: stage.id, act: act.current }), said: t('stage.closed', { stage: stage.name }), done: onClose,
    });
  return (
    <Modal opened onClose={onClose} title={t('stage.close.title', { stage: stage.name })}>
      <form onSubmit={(event) => { event.preventDefault(); if (to) save(to); }}>
        <Stack gap="md">
          <div>{t('stage.close.text', { n: stage.leads, count: countText(stage.leads) })}</div>
          <Select label={t('stage.close.to')} value={to} onChange={setTo} data={others.map(({ id, name }) => ({ value: id, label: name }))} required data-autofocus />
          <Group justify="flex-end" gap="sm"><Button variant="default" onClick={onClose}>{t('cancel')}</Button><Button type="submit" loading={change.isPending} disabled={!to}>{t('stage.close')}</Button></Group>
        </Stack>
      </form>
    </Modal>
  );
};

/** Stages that were closed, each with where its leads go, and the way back. */
export const ClosedStages = ({ workspace, pipeline, may }: Omit<Props, 'terms'>) => {
  const change = useChange();
  const closed = pipeline.stages.filter((stage) => stage.archivedAt !== null);
  const names = new Map(pipeline.stages.map((stage) => [stage.id, stage.name]));
  if (closed.length === 0) return null;
  return (
    <details>
      <summary>{t('closed')} ({closed.length})</summary>
      <ul className={css.closed}>
        {closed.map((stage) => (
          <li key={stage.id}><span data-user-text>{stage.name}</span> <span className="meta">{t('closed.to', { stage: names.get(stage.movesTo ?? '') ?? '–' })}</span>
            {may && <Button size="compact-sm" variant="subtle" color="ink" onClick={() => change.mutate({ work: () => pipelineClient.restoreStage({ workspace, id: stage.id }), undo: stage.movesTo ? () => pipelineClient.archiveStage({ workspace, id: stage.id, movesTo: stage.movesTo ?? '' }) : undefined, said: t('closed.opened', { stage: stage.name }) })}>{t('closed.open')}</Button>}
          </li>
        ))}
      </ul>
    </details>
  );
};
