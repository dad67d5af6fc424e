import { Checkbox, VisuallyHidden } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import { keepPreviousData, useQueries, useQueryClient } from '@tanstack/react-query';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef, type KeyboardEvent } from 'react';
import { FunctionLabel } from '../../../ui/function-mark';
import { FaultPanel } from '../../../ui/page';
import { When } from '../../../ui/when';
import { OptedOut } from '../../customers/web/public';
import { pipelineCalls, pipelineClient, type Lead, type Stage } from './calls';
import css from './pipeline.module.css';
import type { LeadSearch, Sort } from './search';
import { amountText, countText, leadText, t } from './text';

/** Leads asked for at a time; only the pages in view are. */
const PAGE = 100;

export const filtersOf = ({ layout: _, asOf: __, lead: ___, ...filters }: LeadSearch) => filters;

type Props = {
  workspace: string;
  search: LeadSearch;
  total: number;
  stages: Map<string, Stage>;
  chosen: ReadonlyMap<string, Lead>;
  onChoose: (chosen: ReadonlyMap<string, Lead>) => void;
  onSort: (sort: Sort, order: 'asc' | 'desc') => void;
  onOpen: (id: string) => void;
};

const COLUMNS: { key: 'name' | 'stage' | 'origin' | 'owner' | 'since' | 'amount'; sort?: Sort; wide: boolean; number?: boolean }[] = [
  { key: 'name', sort: 'name', wide: false }, { key: 'stage', wide: false }, { key: 'origin', wide: true }, { key: 'owner', wide: true }, { key: 'since', sort: 'stageSince', wide: true }, { key: 'amount', sort: 'amount', wide: true, number: true },
];

const Head = ({ search, onSort }: Pick<Props, 'search' | 'onSort'>) => (
  <div className={css.head} role="row">
    <span role="columnheader"><VisuallyHidden>{t('list.choose')}</VisuallyHidden></span>
    {COLUMNS.map(({ key, sort, wide, number }) => {
      const on = sort !== undefined && (search.sort ?? 'enteredAt') === sort;
      const up = search.order === 'asc';
      return (
        <span key={key} role="columnheader" className={[wide ? css.wide : '', number ? css.number : ''].join(' ')} aria-sort={on ? (up ? 'ascending' : 'descending') : undefined}>
          {sort ? <button type="button" onClick={() => onSort(sort, on && !up ? 'asc' : 'desc')}>{t(`list.${key}`)}{on && (up ? <IconArrowUp size={12} /> : <IconArrowDown size={12} />)}</button> : t(`list.${key}`)}
        </span>
      );
    })}
  </div>
);

const Row = ({ lead, stages, chosen, onToggle, onOpen }: { lead: Lead; stages: Props['stages']; chosen: boolean; onToggle: () => void; onOpen: () => void }) => (
  <>
    <span role="cell"><Checkbox size="sm" aria-label={t('list.chooseOne', { lead: leadText(lead) })} checked={chosen} onChange={onToggle} /></span>
    <span role="cell" className={css.who}><button type="button" className={css.name} data-lead onClick={onOpen}>{leadText(lead)}</button>{lead.optedOut && <OptedOut />}{lead.name && lead.company ? <span className={css.quiet}><span className={css.dot}>· </span>{lead.company}</span> : null}</span>
    <span role="cell">{stages.get(lead.stageId)?.name ?? t('value.none')}{lead.end === 'recycled' && lead.nurtureUntil ? <span className={css.quiet}> · <When at={lead.nurtureUntil} /></span> : null}</span>
    <span role="cell" className={css.wide}><FunctionLabel fn={lead.origin} /></span>
    <span role="cell" className={css.wide}>{lead.owner ?? <span className={css.quiet}>{t('value.nobody')}</span>}</span>
    <span role="cell" className={css.wide}><When at={lead.stageSince} /></span>
    <span role="cell" className={`${css.wide} ${css.number}`}>{lead.amount === null ? <span className={css.quiet}>{t('value.none')}</span> : amountText(lead.amount)}</span>
  </>
);

/** Arrow keys go from lead to lead, also beyond what is drawn; Enter opens, x chooses. */
const walk = (event: KeyboardEvent<HTMLElement>, to: (at: number) => void): void => {
  if (event.key === 'x' && !event.ctrlKey && !event.metaKey) document.activeElement?.closest('[data-at]')?.querySelector<HTMLInputElement>('input[type=checkbox]')?.click();
  if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
  const at = Number(document.activeElement?.closest('[data-at]')?.getAttribute('data-at') ?? -1);
  if (at < 0) return;
  event.preventDefault();
  to(at + (event.key === 'ArrowDown' ? 1 : -1));
};

/**
 * The pages in view. One whose predecessor was read goes on from its last lead; a jump by the scroll bar counts from the start. Nothing is counted
 * again: the list knows its length.
 */
const useLeadPages = (workspace: string, search: LeadSearch, pages: readonly number[]) => {
  const queries = useQueryClient();
  const keyOf = (page: number) => [...pipelineCalls.leads.key(), 'page', workspace, filtersOf(search), page];
  return useQueries({
    queries: pages.map((page) => ({
      queryKey: keyOf(page),
      queryFn: ({ signal }: { signal: AbortSignal }) => {
        const after = queries.getQueryData<{ rows: Lead[] }>(keyOf(page - 1))?.rows.at(-1)?.id;
        return pipelineClient.leads({ workspace, ...filtersOf(search), limit: PAGE, counted: false, ...(after ? { after } : { offset: page * PAGE }) }, { signal });
      },
      placeholderData: keepPreviousData,
    })),
  });
};

export const LeadList = ({ workspace, search, total, stages, chosen, onChoose, onSort, onOpen }: Props) => {
  const box = useRef<HTMLDivElement>(null);
  const height = useMediaQuery('(max-width: 48em)', false, { getInitialValueInEffect: false }) ? 56 : 40;
  const virtual = useVirtualizer({ count: total, getScrollElement: () => box.current, estimateSize: () => height, overscan: 12 });
  // A phone that is turned round shows rows of another height.
  useEffect(() => virtual.measure(), [virtual, height]);
  const items = virtual.getVirtualItems();
  const pages = [...new Set(items.map((item) => Math.floor(item.index / PAGE)))];
  const asked = useLeadPages(workspace, search, pages);
  const rows = new Map(pages.map((page, at) => [page, asked[at]?.data?.rows ?? []]));
  const failed = asked.find((query) => query.isError);
  if (failed) return <FaultPanel error={failed.error} retry={() => void failed.refetch()} />;
  const toggle = (lead: Lead) => {
    const next = new Map(chosen);
    if (!next.delete(lead.id)) next.set(lead.id, lead);
    onChoose(next);
  };
  const goTo = (at: number) => {
    if (at < 0 || at >= total) return;
    const name = () => box.current?.querySelector<HTMLElement>(`[data-at="${at}"] [data-lead]`);
    virtual.scrollToIndex(at);
    // At once where it is drawn, so that keys pressed in quick succession never meet the row before.
    const drawn = name();
    if (drawn) drawn.focus();
    else requestAnimationFrame(() => name()?.focus());
  };
  return (
    <div role="table" aria-label={t('list.table')} aria-rowcount={total}>
      <div role="rowgroup"><Head search={search} onSort={onSort} /></div>
      <div ref={box} className={css.list} role="rowgroup" tabIndex={-1} onKeyDown={(event) => walk(event, goTo)}>
        <div className={css.rows} role="presentation" style={{ height: virtual.getTotalSize() }}>
          {items.map((item) => {
            const lead = rows.get(Math.floor(item.index / PAGE))?.[item.index % PAGE];
            return (
              <div key={item.key} role="row" aria-rowindex={item.index + 1} data-at={item.index} data-chosen={(lead && chosen.has(lead.id)) || undefined} className={css.row} style={{ transform: `translateY(${item.start}px)` }}>
                {lead ? <Row lead={lead} stages={stages} chosen={chosen.has(lead.id)} onToggle={() => toggle(lead)} onOpen={() => onOpen(lead.id)} /> : <span role="cell" className={css.quiet} style={{ gridColumn: '2' }}>{t('list.loading', { at: countText(item.index + 1) })}</span>}
              </div>
            );
          })}
        </div>
      </div>
    </div>
  );
};
