import { Drawer } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import css from '../../../ui/data.module.css';
import { FunctionLabel } from '../../../ui/function-mark';
import { Answered } from '../../../ui/page';
import { dayText } from '../../../ui/when';
import { OptedOut } from '../../customers/web/public';
import { answerCalls } from './answers/calls';
import { countText, t } from './answers/text';
import { pipelineCalls } from './calls';
import { reasonText } from './reason-text';
import type { LeadSearch } from './search';
import { useRight } from './use-right';

/** Leads chosen by what they are, as the list of leads chooses them. */
export type LeadQuery = Omit<Parameters<typeof pipelineCalls.leads.queryOptions>[0]['input'] & object, 'workspace' | 'limit' | 'offset' | 'sort' | 'order'>;
const ANSWERS_OF = ['usefulness', 'slow', 'dropout', 'fast', 'converting', 'attribution'] as const;
export type AnswerOf = (typeof ANSWERS_OF)[number];

/** The figure whose cases are asked for: what it is called, how many it counts, and where an answer keeps its leads, what leads they are, or which other cases the page knows how to ask for. */
export type Opened = { label: string; total: number } & ({ answer: AnswerOf; key: string } | { leads: LeadQuery } | { cases: string });
type OpenedLeads = Exclude<Opened, { cases: string }>;

/** The same as it stands in the address, under `figure`; `place` names the table that it belongs to. */
type Written = Opened & { place: string };

const isText = (value: unknown): value is string => typeof value === 'string' && value.length <= 2_000;

/** Reads an address; what is no figure opens nothing. What leads are asked for is checked where they are asked. */
const written = (value: unknown): Written | null => {
  if (typeof value !== 'object' || value === null) return null;
  const { label, total, place, answer, key, leads, cases } = value as Record<string, unknown>;
  if (!isText(label) || !isText(place) || typeof total !== 'number' || !Number.isSafeInteger(total) || total < 0) return null;
  if (isText(cases)) return { label, total, place, cases };
  const known = ANSWERS_OF.find((each) => each === answer);
  if (known && isText(key)) return { label, total, place, answer: known, key };
  return typeof leads === 'object' && leads !== null ? { label, total, place, leads: leads as LeadQuery } : null;
};

/** The figure that is open stands in the address: Back closes it, and a copied address opens it again. */
export const useOpened = (place: string): [opened: Opened | null, open: (opened: Opened | null) => void] => {
  const navigate = useNavigate();
  const search: Record<string, unknown> = useSearch({ strict: false });
  const there = written(search['figure']);
  return [
    there?.place === place ? there : null,
    (opened) => void navigate({ to: '.', search: (before: Record<string, unknown>) => ({ ...before, figure: opened ? { ...opened, place } : undefined }) } as never),
  ];
};

type Row = { id: string; name: string | null; company: string | null; origin: 'sales' | 'marketing'; channel: string | null; end: 'open' | 'won' | 'lost' | 'recycled'; enteredAt: string; reason: string | null; optedOut: boolean };

const SHOWN = 100;

/** The leads behind one figure. Names are for members; a viewer is told so. */
export const LeadsDrawer = ({ workspace, opened, onClose, cases }: { workspace: string; opened: Opened | null; onClose: () => void; /** For figures that count something else. */ cases?: (named: string) => ReactNode }) => (
  <Drawer opened={opened !== null} onClose={onClose} position="right" title={opened?.label} size="min(420px, 100vw)" closeButtonProps={{ 'aria-label': t('leads.close') }}>
    {opened && <ForMembers workspace={workspace}>{'cases' in opened ? cases?.(opened.cases) : <Leads workspace={workspace} opened={opened} />}</ForMembers>}
  </Drawer>
);

const ForMembers = ({ workspace, children }: { workspace: string; children: ReactNode }) => (useRight(workspace, 'leads:read') ? children : <p>{t('leads.forMembers')}</p>);

const Leads = ({ workspace, opened }: { workspace: string; opened: OpenedLeads }) => {
  return 'key' in opened ? <Kept workspace={workspace} opened={opened} /> : <Asked workspace={workspace} opened={opened} />;
};

const Kept = ({ workspace, opened }: { workspace: string; opened: Extract<OpenedLeads, { key: string }> }) => {
  const leads = useQuery(answerCalls.leads.queryOptions({ input: { workspace, answer: opened.answer, key: opened.key } }));
  return <Answered query={leads} rows={6}>{(rows) => <Listed workspace={workspace} rows={rows} total={opened.total} />}</Answered>;
};

const Asked = ({ workspace, opened }: { workspace: string; opened: Extract<OpenedLeads, { leads: LeadQuery }> }) => {
  const leads = useQuery({ ...pipelineCalls.leads.queryOptions({ input: { workspace, ...opened.leads, limit: SHOWN } }), placeholderData: keepPreviousData });
  return <Answered query={leads} rows={6}>{({ rows, total }) => <>{!opened.leads.asOf && <Link to="/w/$workspace/pipeline" params={{ workspace }} search={opened.leads as LeadSearch}>{t('leads.inList')}</Link>}<Listed workspace={workspace} rows={rows} total={total ?? rows.length} /></>}</Answered>;
};

const countOf = (shown: number, total: number): string => {
  if (shown === 0) return t(total === 0 ? 'leads.none' : 'leads.gone');
  return shown < total ? t('leads.first', { shown, total: countText(total) }) : t('leads.count', { shown });
};

const Listed = ({ workspace, rows, total }: { workspace: string; rows: readonly Row[]; total: number }) => (
  <>
    <p className="meta">{countOf(rows.length, total)}</p>
    {rows.length > 0 && (
      <table className={css.table}>
        <tbody>
          {rows.map((row) => (
            <tr key={row.id}>
              <td><Link to="/w/$workspace/customers/$party" params={{ workspace, party: row.id }} className={css.strong} data-user-text>{row.name ?? row.company ?? t('blank')}</Link><div className="meta" data-user-text>{[row.company, row.channel, row.reason && reasonText(row.reason)].filter(Boolean).join(' · ')}</div>{row.optedOut && <OptedOut />}</td>
              <td><FunctionLabel fn={row.origin} /><div className="meta">{t(`end.${row.end}`)} · {t('leads.entered', { day: dayText(row.enteredAt) })}</div></td>
            </tr>
          ))}
        </tbody>
      </table>
    )}
  </>
);
