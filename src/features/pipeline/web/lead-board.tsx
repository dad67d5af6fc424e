import { Button, Menu } from '@mantine/core';
import { useQueries } from '@tanstack/react-query';
import { useState } from 'react';
import { FunctionShape } from '../../../ui/function-mark';
import { FaultPanel, Pending } from '../../../ui/page';
import { When } from '../../../ui/when';
import { OptedOut } from '../../customers/web/public';
import { pipelineCalls, type Lead, type Pipeline, type Stage } from './calls';
import { filtersOf } from './lead-list';
import { useMove } from './move-dialog';
import css from './pipeline.module.css';
import type { LeadSearch } from './search';
import { countText, leadText, t } from './text';

/** Cards drawn per stage; the list shows them all. */
const CARDS = 12;

type Props = {
  workspace: string;
  pipeline: Pipeline;
  search: LeadSearch;
  /** How many stood in each stage at the end of the day asked for; null: today is shown, with the cards' own totals. */
  stood: ReadonlyMap<string, number> | 'unknown' | null;
  onOpen: (id: string) => void;
  onStage: (id: string) => void;
};

export const LeadBoard = ({ workspace, pipeline, search, stood, onOpen, onStage }: Props) => {
  const past = stood !== null;
  const [dragged, setDragged] = useState<Lead | null>(null);
  const moving = useMove(workspace, pipeline);
  const { stage: _, end: __, ...filters } = filtersOf(search);
  const asked = useQueries({ queries: pipeline.stages.map((stage) => pipelineCalls.leads.queryOptions({ input: { workspace, ...filters, sort: 'stageSince', order: 'asc', pipeline: pipeline.id, stage: stage.id, limit: CARDS, offset: 0 } })) });
  const failed = asked.find((query) => query.isError);
  if (failed) return <FaultPanel error={failed.error} retry={() => void failed.refetch()} />;
  return (
    <>
      <div className={css.board}>
        {pipeline.stages.map((stage, at) => (
          <Column key={stage.id} stage={stage} stages={pipeline.stages} today={asked[at]?.data?.total ?? undefined} stood={stood === null || stood === 'unknown' ? undefined : (stood.get(stage.id) ?? 0)} leads={past ? [] : asked[at]?.data?.rows} past={past} dragged={dragged} onDrag={setDragged} onOpen={onOpen} onAll={() => onStage(stage.id)} onMove={(lead, to) => moving.move({ leads: [lead], to })} />
        ))}
      </div>
      {moving.dialog}
    </>
  );
};

type ColumnProps = { stage: Stage; stages: Stage[]; today: number | undefined; stood: number | undefined; leads: Lead[] | undefined; past: boolean; dragged: Lead | null; onDrag: (lead: Lead | null) => void; onOpen: (id: string) => void; onAll: () => void; onMove: (lead: Lead, to: Stage) => void };

const Column = ({ stage, stages, today, stood, leads, past, dragged, onDrag, onOpen, onAll, onMove }: ColumnProps) => {
  const count = past ? stood : today;
  const [over, setOver] = useState(false);
  const takes = dragged !== null && dragged.stageId !== stage.id;
  return (
    <section
      className={css.column} aria-label={count === undefined ? stage.name : t('board.stage', { stage: stage.name, count: countText(count), n: count })} data-over={(over && takes) || undefined} data-past={past || undefined}
      onDragOver={(event) => { if (takes) { event.preventDefault(); setOver(true); } }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => { event.preventDefault(); setOver(false); if (dragged && takes) onMove(dragged, stage); onDrag(null); }}
    >
      <h2><span style={{ display: 'inline-flex', gap: 6, alignItems: 'center' }}><FunctionShape fn={stage.owner} />{stage.name}</span>{count !== undefined && <span>{countText(count)}</span>}</h2>
      {past && today !== undefined && <div>{t('board.today', { count: countText(today) })}</div>}
      {stage.criteria && <div className="meta">{stage.criteria}</div>}
      {leads === undefined ? <Pending rows={2} /> : (
        <ul className={css.cards}>
          {leads.map((lead) => <Card key={lead.id} lead={lead} stages={stages} onDrag={onDrag} onOpen={() => onOpen(lead.id)} onMove={(to) => onMove(lead, to)} />)}
        </ul>
      )}
      {!past && leads !== undefined && today !== undefined && today > leads.length && <Button variant="subtle" color="ink" size="compact-sm" onClick={onAll}>{t('board.more', { count: countText(today - leads.length) })}</Button>}
    </section>
  );
};

const Card = ({ lead, stages, onDrag, onOpen, onMove }: { lead: Lead; stages: Stage[]; onDrag: (lead: Lead | null) => void; onOpen: () => void; onMove: (to: Stage) => void }) => (
  <li className={css.card} draggable onDragStart={(event) => { event.dataTransfer.setData('text/plain', lead.id); onDrag(lead); }} onDragEnd={() => onDrag(null)}>
    <button type="button" className={css.name} onClick={onOpen}>{leadText(lead)}</button>
    {lead.name && lead.company && <span className={css.quiet}>{lead.company}</span>}
    {lead.optedOut && <OptedOut />}
    <div className={css.foot}>
      <span className="meta"><When at={lead.stageSince} /></span>
      <Menu position="bottom-end">
        <Menu.Target><Button size="compact-sm" variant="default" style={{ flex: 'none' }} aria-label={t('board.moveOf', { lead: leadText(lead) })}>{t('board.move')}</Button></Menu.Target>
        <Menu.Dropdown>{stages.filter((stage) => stage.id !== lead.stageId).map((stage) => <Menu.Item key={stage.id} onClick={() => onMove(stage)}>{stage.name}</Menu.Item>)}</Menu.Dropdown>
      </Menu>
    </div>
  </li>
);
