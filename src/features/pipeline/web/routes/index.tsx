import { Button, SegmentedControl, Select, TextInput } from '@mantine/core';
import { useDebouncedCallback, useHotkeys } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { createFileRoute, useNavigate } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import data from '../../../../ui/data.module.css';
import { pastDayText } from '../../../../ui/past-day';
import { dayText } from '../../../../ui/when';
import { sayFault } from '../../../../ui/notify';
import { functionName } from '../../../../ui/function-mark';
import { Answered, EmptyState, Page, Pending } from '../../../../ui/page';
import { SIDES } from '../../../../lib/vocabulary';
import { STAGE_ENDS } from '../../domain/stages';
import { BulkBar } from '../bulk-bar';
import { pipelineCalls, type Lead, type Pipeline, type Stage } from '../calls';
import { LeadBoard } from '../lead-board';
import { LeadDrawer } from '../lead-drawer';
import { filtersOf, LeadList } from '../lead-list';
import css from '../pipeline.module.css';
import { PipelineNav } from '../pipeline-nav';
import { SavedViews } from '../saved-views';
import { readSearch, type LeadSearch } from '../search';
import { t as roleText } from '../setup/text';
import { takeOut } from '../take-out';
import { BringIn } from '../bring-in';
import { countText, t } from '../text';
import { useRight } from '../use-right';

export const Route = createFileRoute('/w/$workspace/pipeline/')({ component: Leads, validateSearch: readSearch });

function Leads() {
  const { workspace } = Route.useParams();
  const search = Route.useSearch();
  const navigate = useNavigate();
  const go = (change: Partial<LeadSearch>) => void navigate({ to: '/w/$workspace/pipeline', params: { workspace }, search: { ...search, ...change }, replace: true });
  const pipelines = useQuery(pipelineCalls.pipelines.queryOptions({ input: { workspace } }));
  return (
    <Answered query={pipelines} rows={8}>
      {(all) => {
        const pipeline = all.find((each) => each.id === search.pipeline) ?? all[0];
        return pipeline ? <One workspace={workspace} all={all} pipeline={pipeline} search={{ ...search, pipeline: pipeline.id }} go={go} /> : <Page title={t('title.none')}><PipelineNav workspace={workspace} /><Nothing workspace={workspace} /></Page>;
      }}
    </Answered>
  );
}

const Nothing = ({ workspace }: { workspace: string }) => <EmptyState title={t('empty.title')} action={<BringIn workspace={workspace} label={t('empty.action')} />}>{t('empty.text')}</EmptyState>;

const sameOf = (stages: readonly Stage[], end: Stage['end']): number => stages.filter((stage) => stage.end === end).reduce((sum, stage) => sum + stage.leads, 0);

type OneProps = { workspace: string; all: Pipeline[]; pipeline: Pipeline; search: LeadSearch; go: (change: Partial<LeadSearch>) => void };

const One = ({ workspace, all, pipeline, search, go }: OneProps) => {
  const navigate = useNavigate();
  // A step of its own, so that Back closes the lead and an address shows it.
  const setOpen = (lead: string | undefined) => void navigate({ to: '/w/$workspace/pipeline', params: { workspace }, search: { ...search, lead } });
  const stages = new Map(all.flatMap((each) => each.stages.map((stage) => [stage.id, stage] as const)));
  const total = pipeline.stages.reduce((sum, stage) => sum + stage.leads, 0);
  const title = total === 0 ? t('title.none') : t('title', { n: total, count: countText(total), open: countText(sameOf(pipeline.stages, 'open')), won: countText(sameOf(pipeline.stages, 'won')), lost: countText(sameOf(pipeline.stages, 'lost')), later: sameOf(pipeline.stages, 'recycled') });
  return (
    <Page title={title} tab={t('nav.leads')} source={t('source')}>
      <PipelineNav workspace={workspace} />
      {total === 0 ? <Nothing workspace={workspace} /> : (
        <>
          <Filters workspace={workspace} all={all} pipeline={pipeline} search={search} go={go} />
          <Chosen workspace={workspace} search={search} go={go} />
          {search.layout === 'board' ? <Board workspace={workspace} pipeline={pipeline} search={search} go={go} onOpen={setOpen} /> : <Listed key={JSON.stringify(filtersOf(search))} workspace={workspace} pipeline={pipeline} search={search} stages={stages} go={go} onOpen={setOpen} />}
        </>
      )}
      <LeadDrawer workspace={workspace} id={search.lead ?? null} stages={stages} onClose={() => setOpen(undefined)} onShow={(term, termVersion) => go({ term, termVersion, lead: undefined })} />
    </Page>
  );
};

const ANY = 'any';

const dayBefore = (instant: string): string => dayText(new Date(Date.parse(instant) - 1).toISOString());

/** Filters of the address that have no control of their own, each in words, with a way out. */
const chipsOf = (search: LeadSearch, terms: readonly TermName[]): { key: string; said: string; without: Partial<LeadSearch> }[] => {
  const chips: { key: string; said: string; without: Partial<LeadSearch> }[] = [];
  for (const key of ['channel', 'owner', 'territory', 'industry'] as const) if (search[key] !== undefined) chips.push({ key, said: t(`filter.chip.${key}`, { value: search[key] || t('filter.chip.blank') }), without: { [key]: undefined } });
  for (const [key, from, to] of [['entered', search.enteredFrom, search.enteredTo], ['ended', search.endedFrom, search.endedTo]] as const) {
    if (from ?? to) chips.push({ key, said: t(`filter.chip.${key}`, { which: from && to ? 'both' : from ? 'from' : 'to', from: from ? dayText(from) : '', to: to ? dayBefore(to) : '' }), without: { [`${key}From`]: undefined, [`${key}To`]: undefined } });
  }
  if (search.reached) chips.push({ key: 'reached', said: t('filter.chip.reached', { stage: roleText(`role.${search.reached}`) }), without: { reached: undefined } });
  if (search.medium) chips.push({ key: 'medium', said: t(`filter.chip.medium.${search.medium}`), without: { medium: undefined } });
  if (search.rule) chips.push({ key: 'rule', said: t(`filter.chip.rule.${search.rule}`), without: { rule: undefined } });
  if (search.underWay) chips.push({ key: 'underWay', said: t(`filter.chip.underWay.${search.underWay}`), without: { underWay: undefined } });
  if (search.term && search.termVersion) chips.push({ key: 'term', said: t('filter.chip.term', { name: terms.find(({ id }) => id === search.term)?.name ?? t('filter.chip.aTerm'), version: search.termVersion }), without: { term: undefined, termVersion: undefined } });
  return chips;
};

type TermName = { id: string; name: string };

const Chosen = ({ workspace, search, go }: Pick<OneProps, 'workspace' | 'search' | 'go'>) => {
  const setup = useQuery({ ...pipelineCalls.setup.queryOptions({ input: { workspace } }), enabled: search.term !== undefined });
  const chips = chipsOf(search, setup.data?.terms ?? []);
  if (chips.length === 0) return null;
  return <div className={data.chips}>{chips.map(({ key, said, without }) => <button key={key} type="button" className={data.chip} aria-pressed="true" onClick={() => go(without)}>{said} ×</button>)}</div>;
};

const Filters = ({ workspace, all, pipeline, search, go }: OneProps) => {
  const field = useRef<HTMLInputElement>(null);
  const exports = useRight(workspace, 'leads:export');
  const navigate = useNavigate();
  useHotkeys([['/', () => field.current?.focus()]]);
  const look = useDebouncedCallback((text: string) => go({ search: text.trim() || undefined }), 250);
  const board = search.layout === 'board';
  return (
    <div className={`${data.filters} ${css.filters}`}>
      <TextInput ref={field} aria-label={t('filter.search')} placeholder={t('filter.search')} defaultValue={search.search ?? ''} onChange={(event) => look(event.currentTarget.value)} />
      {all.length > 1 && <Select aria-label={t('filter.pipeline')} value={pipeline.id} onChange={(value) => go({ pipeline: value ?? undefined, stage: undefined })} data={all.map((each) => ({ value: each.id, label: each.name }))} />}
      {!board && <Select aria-label={t('filter.stage')} value={search.stage ?? ANY} onChange={(value) => go({ stage: value === ANY ? undefined : (value ?? undefined) })} data={[{ value: ANY, label: t('filter.stages') }, ...pipeline.stages.map((stage) => ({ value: stage.id, label: t('filter.stageOf', { stage: stage.name, count: countText(stage.leads) }) }))]} />}
      <Select aria-label={t('filter.origin')} value={search.origin ?? ANY} onChange={(value) => go({ origin: SIDES.find((side) => side === value) })} data={[{ value: ANY, label: t('filter.origins') }, ...SIDES.map((side) => ({ value: side, label: t('filter.originOf', { side: functionName(side) }) }))]} />
      {!board && <Select aria-label={t('filter.end')} value={search.end ?? ANY} onChange={(value) => go({ end: STAGE_ENDS.find((end) => end === value) })} data={[{ value: ANY, label: t('filter.ends') }, ...STAGE_ENDS.map((end) => ({ value: end, label: t(`end.${end}`) }))]} />}
      {board && <TextInput type="date" aria-label={t('filter.asOf')} leftSection={<span className="meta">{t('filter.asOf.short')}</span>} leftSectionWidth={52} value={search.asOf ?? ''} max={new Date().toISOString().slice(0, 10)} onChange={(event) => go({ asOf: event.currentTarget.value || undefined })} />}
      <SegmentedControl aria-label={t('filter.layout')} value={board ? 'board' : 'list'} onChange={(value) => go({ layout: value === 'board' ? 'board' : undefined, asOf: undefined })} data={[{ value: 'list', label: t('layout.list') }, { value: 'board', label: t('layout.board') }]} />
      <SavedViews workspace={workspace} search={search} onShow={(view) => void navigate({ to: '/w/$workspace/pipeline', params: { workspace }, search: view })} />
      {exports && <Button variant="default" onClick={() => void takeOut(workspace, search).catch(sayFault)}>{t('export')}</Button>}
    </div>
  );
};

type Shown = Pick<OneProps, 'workspace' | 'pipeline' | 'search' | 'go'> & { onOpen: (id: string) => void };

const Listed = ({ workspace, pipeline, search, stages, go, onOpen }: Shown & { stages: Map<string, Stage> }) => {
  const [chosen, setChosen] = useState<ReadonlyMap<string, Lead>>(new Map());
  const first = useQuery(pipelineCalls.leads.queryOptions({ input: { workspace, ...filtersOf(search), limit: 100, offset: 0 } }));
  return (
    <Answered query={first} rows={8}>
      {(found) => (
        <>
          <div className="meta"><span role="status">{t('list.found', { n: found.total ?? 0, count: countText(found.total ?? 0) })}</span>{search.sort === undefined && (found.total ?? 0) > 1 && <span>, {t('list.newest')}</span>}</div>
          {found.total === 0 ? <EmptyState title={t('list.none')}>{t('list.none.text')}</EmptyState> : <LeadList workspace={workspace} search={search} total={found.total ?? 0} stages={stages} chosen={chosen} onChoose={setChosen} onSort={(sort, order) => go({ sort, order })} onOpen={onOpen} />}
          {chosen.size > 0 && <BulkBar workspace={workspace} pipeline={pipeline} leads={[...chosen.values()]} onClear={() => setChosen(new Map())} />}
        </>
      )}
    </Answered>
  );
};

/** What may stand in the address of a past board: its log is counted by origin and source alone, the rest is no filter of a board. */
const REPLAYED: readonly string[] = ['layout', 'pipeline', 'asOf', 'lead', 'sort', 'order', 'origin', 'channel', 'stage', 'end'] satisfies (keyof LeadSearch)[];
const replayable = (search: LeadSearch): boolean => Object.entries(search).every(([name, value]) => value === undefined || REPLAYED.includes(name));

const Board = ({ workspace, pipeline, search, go, onOpen }: Shown) => {
  const onStage = (stage: string) => go({ layout: undefined, asOf: undefined, stage });
  return search.asOf ? <PastBoard workspace={workspace} pipeline={pipeline} search={search} asOf={search.asOf} onOpen={onOpen} onStage={onStage} /> : <LeadBoard workspace={workspace} pipeline={pipeline} search={search} stood={null} onOpen={onOpen} onStage={onStage} />;
};

type PastProps = Omit<Shown, 'go'> & { asOf: string; onStage: (stage: string) => void };

const PastBoard = ({ workspace, pipeline, search, asOf, onOpen, onStage }: PastProps) => {
  const counted = replayable(search);
  const board = useQuery({ ...pipelineCalls.board.queryOptions({ input: { workspace, asOf, ...(search.origin ? { origin: search.origin } : {}), ...(search.channel === undefined ? {} : { channel: search.channel }) } }), enabled: counted });
  const day = pastDayText(asOf);
  if (!counted) return <><div className="panel" role="status">{t('board.past.filtered', { day })}</div><LeadBoard workspace={workspace} pipeline={pipeline} search={search} stood="unknown" onOpen={onOpen} onStage={onStage} /></>;
  if (board.isPending) return <Pending rows={6} />;
  return (
    <Answered query={board} rows={6}>
      {(found) => (
        <>
          <div className="panel" role="status">{t('board.past', { day })}</div>
          <LeadBoard workspace={workspace} pipeline={pipeline} search={search} stood={new Map(found.stages.map((stage) => [stage.stageId, stage.leads]))} onOpen={onOpen} onStage={onStage} />
        </>
      )}
    </Answered>
  );
};
