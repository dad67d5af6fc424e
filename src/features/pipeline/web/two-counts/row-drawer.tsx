import { Button, Drawer, Stack } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Answered } from '../../../../ui/page';
import { When } from '../../../../ui/when';
import { OptedOut } from '../../../customers/web/public';
import type { DisputedRow } from '../../domain/reconcile';
import { pipelineClient, type CountedLeadView, type TwoCountsAnswer } from '../calls';
import { useRight } from '../use-right';
import { labelOf } from './bridge';
import { Disputes } from './disputes';
import { DraftLink, figureOf } from './draft-link';
import { GapNote } from './gaps';
import { reasonText } from '../reason-text';
import { asInput, type CountSearch } from './search';
import { figure, t } from './text';
import css from './two-counts.module.css';

const PAGE = 25;

type Props = { workspace: string; row: DisputedRow | null; counted: TwoCountsAnswer; search: CountSearch; onClose: () => void };

/** One row: what it means, its leads with reasons by count, and what people object to it. */
export const RowDrawer = (props: Props) => (
  <Drawer opened={props.row !== null} onClose={props.onClose} title={props.row ? labelOf(props.row, props.counted) : ''} size="min(420px, 100vw)" closeButtonProps={{ 'aria-label': t('drawer.close') }}>
    {props.row && <Content {...props} row={props.row} key={props.row} />}
  </Drawer>
);

const Content = ({ workspace, row, counted, search }: Props & { row: DisputedRow }) => {
  const members = useRight(workspace, 'leads:read');
  const shown = figureOf(row, counted);
  return (
    <Stack gap="lg">
      <div className="figure">{figure(shown)}</div>
      <p className={css.note}>{t(`about.${row}`)}</p>
      {counted.gaps.filter((gap) => gap.rows.includes(row)).map((gap) => <div key={gap.missing} className={css.gap}><strong>{t('untold')}</strong><GapNote gap={gap} /></div>)}
      <div><DraftLink workspace={workspace} row={row} counted={counted} /></div>
      {!members && <p className={css.note}>{t('drawer.members')}</p>}
      {members && <Leads workspace={workspace} row={row} search={search} shown={shown} />}
      {members && <Disputes workspace={workspace} row={row} search={search} asOf={counted.asOf} />}
    </Stack>
  );
};

/** The first figure may count records: then both are said, people and records. */
const heading = (row: DisputedRow, total: number, shown: number): string =>
  row === 'same_person' ? t('drawer.records', { total, figure: shown }) : row === 'passed' && shown !== total ? t('drawer.passings', { total, figure: shown }) : t('drawer.leads', { total });

const Leads = ({ workspace, row, search, shown }: { workspace: string; row: DisputedRow; search: CountSearch; shown: number }) => {
  const pages = useInfiniteQuery({
    queryKey: ['pipeline', 'twoCountsRow', workspace, row, search],
    queryFn: ({ pageParam }) => pipelineClient.twoCountsRow({ workspace, row, ...asInput(search), limit: PAGE, offset: pageParam }),
    initialPageParam: 0,
    getNextPageParam: (last, all) => (all.length * PAGE < last.total ? all.length * PAGE : undefined),
  });
  const first = pages.data?.pages[0];
  return (
    <Answered query={{ data: first, error: pages.error, isPending: pages.isPending, refetch: pages.refetch }}>
      {({ total, by, reasons }) => (
        <>
          {total > 0 && (
            <section className={css.section}>
              <h3>{t(by === 'reason' ? 'drawer.reasons' : 'drawer.channels')}</h3>
              <dl className={css.reasons}>{reasons.map(({ reason, leads }) => <div key={reason ?? ''}><dt data-user-text>{reason !== null ? reasonText(reason) : t(by === 'reason' ? 'drawer.reason.none' : 'drawer.channel.none')}</dt><dd>{figure(leads)}</dd></div>)}</dl>
            </section>
          )}
          <section className={css.section}>
            <h3>{heading(row, total, shown)}</h3>
            <ul className={css.leads}>{pages.data?.pages.flatMap((page) => page.leads).map((lead) => <Lead key={lead.id} workspace={workspace} lead={lead} />)}</ul>
            {pages.hasNextPage && <Button variant="default" loading={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>{t('drawer.more')}</Button>}
          </section>
        </>
      )}
    </Answered>
  );
};

const DATES = ['passedAt', 'arrivedAt', 'contactedAt', 'returnedAt'] as const;
const DATE_KEYS = { passedAt: 'drawer.passed', arrivedAt: 'drawer.arrived', contactedAt: 'drawer.contacted', returnedAt: 'drawer.returned' } as const;

const Lead = ({ workspace, lead }: { workspace: string; lead: CountedLeadView }) => (
  <li>
    <span data-user-text><Link to="/w/$workspace/customers/$party" params={{ workspace, party: lead.id }}><strong>{lead.name ?? t('drawer.nobody')}</strong></Link>{lead.company && lead.company !== lead.name ? `, ${lead.company}` : ''}</span>
    {lead.optedOut && <OptedOut />}
    <span className="meta">
      {DATES.flatMap((field) => {
        const at = lead[field];
        return at ? [<span key={field}>{t(DATE_KEYS[field], { date: '' }).trim()} <When at={at} /></span>] : [];
      })}
      {lead.passes > 1 && <span>{t('drawer.times', { passes: lead.passes })}</span>}
    </span>
  </li>
);
