import { Button, Group, Modal, Select, Stack, Textarea, VisuallyHidden } from '@mantine/core';
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { createFileRoute, Link } from '@tanstack/react-router';
import { useState } from 'react';
import data from '../../../../ui/data.module.css';
import { say, sayFault } from '../../../../ui/notify';
import { Answered, EmptyState, Page } from '../../../../ui/page';
import { When } from '../../../../ui/when';
import { OptedOut } from '../../../customers/web/public';
import { HANDOFF_STATES, type HandoffState } from '../../domain/handoffs';
import { pipelineCalls, type Handoff, type Outcome } from '../calls';
import { PipelineNav } from '../pipeline-nav';
import { countText, leadText, percentText, t } from '../text';

export const Route = createFileRoute('/w/$workspace/pipeline/handoffs')({ component: Handoffs });

const PAGE = 50;
const ANY = 'any';

function Handoffs() {
  const { workspace } = Route.useParams();
  const [state, setState] = useState<HandoffState | 'disputed' | typeof ANY>(ANY);
  const [page, setPage] = useState(0);
  const filter = state === ANY ? {} : state === 'disputed' ? { disputed: true } : { state };
  const outcomes = useQuery(pipelineCalls.outcomes.queryOptions({ input: { workspace } }));
  const list = useQuery({ ...pipelineCalls.handoffs.queryOptions({ input: { workspace, ...filter, limit: PAGE, offset: page * PAGE } }), placeholderData: keepPreviousData });
  const offered = outcomes.data?.rows.reduce((sum, row) => sum + row.offered, 0) ?? 0;
  const returned = outcomes.data?.rows.reduce((sum, row) => sum + row.returned.n, 0) ?? 0;
  return (
    <Page title={offered === 0 ? t('handoffs.none') : t('handoffs.title', { n: offered, count: countText(offered), returned: countText(returned) })} tab={t('nav.handoffs')} source={t('handoffs.source')}>
      <PipelineNav workspace={workspace} />
      <Answered query={outcomes} rows={4}>{(found) => (found.rows.length === 0 ? <EmptyState title={t('handoffs.empty')} action={<Button component={Link} to={`/w/${workspace}/pipeline`} style={{ alignSelf: 'flex-start' }}>{t('handoffs.empty.action')}</Button>}>{t('handoffs.empty.text')}</EmptyState> : <><Outcomes title={t('outcomes.title')} head={t('outcomes.source')} blank={t('outcomes.blank')} rows={found.rows} note={t(found.personViews ? 'outcomes.persons.on' : 'outcomes.persons.off')} />{found.personViews && <ByPerson workspace={workspace} />}</>)}</Answered>
      {offered > 0 && (
        <section className={data.section}>
          <h2 className="lead">{t('handoffs.list')}</h2>
          <Select aria-label={t('handoffs.filter')} maw={280} value={state} onChange={(value) => { setPage(0); setState((value ?? ANY) as HandoffState); }} data={[{ value: ANY, label: t('handoffs.all') }, ...HANDOFF_STATES.map((value) => ({ value, label: t(`handoff.${value}`) })), { value: 'disputed', label: t('handoffs.disputed') }]} />
          <Answered query={list} rows={6}>
            {(found) => (
              <>
                <Rows workspace={workspace} rows={found.rows} />
                {found.total > PAGE && <Group gap="sm"><Button variant="default" disabled={page === 0} onClick={() => setPage(page - 1)}>{t('handoffs.newer')}</Button><Button variant="default" disabled={(page + 1) * PAGE >= found.total} onClick={() => setPage(page + 1)}>{t('handoffs.older')}</Button></Group>}
              </>
            )}
          </Answered>
        </section>
      )}
    </Page>
  );
}

/** On a phone a name keeps its words whole, and the columns beside it get what is left. */
const WHOLE_WORDS = { overflowWrap: 'break-word' } as const;

/** Under this many answers a share says less than its interval: only counts are shown. */
const FEW = 10;

/** Only where the workspace switched it on. */
const ByPerson = ({ workspace }: { workspace: string }) => {
  const people = useQuery(pipelineCalls.outcomes.queryOptions({ input: { workspace, by: 'person' } }));
  return <Answered query={people} rows={2}>{(found) => <Outcomes title={t('outcomes.person')} head={t('outcomes.person.name')} blank={t('outcomes.person.blank')} rows={found.rows} note={t('outcomes.person.text')} reasons={false} />}</Answered>;
};

const reasonsOf = ({ byReason }: Outcome): string =>
  byReason.map(({ reason, share }) => `${reason}: ${countText(share.n)}${share.of >= FEW ? ` (${percentText(share.low)}–${percentText(share.high)})` : ''}`).join(', ');

type OutcomesProps = { title: string; head: string; blank: string; rows: Outcome[]; note: string; reasons?: boolean };

const Outcomes = ({ title, head, blank, rows, note, reasons = true }: OutcomesProps) => (
  <section className={data.section}>
    <h2 className="lead">{title}</h2>
    <div className={data.scroll}>
      <table className={data.table}>
        <thead><tr><th scope="col">{head}</th><th scope="col" className={data.number}>{t('outcomes.offered')}</th><th scope="col" className={data.number}>{t('outcomes.accepted')}</th><th scope="col" style={{ paddingLeft: 12 }}>{t('outcomes.returned')}</th>{reasons && <th scope="col" className={data.wide}>{t('outcomes.reasons')}</th>}</tr></thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.group ?? ''}>
              <td style={WHOLE_WORDS} data-user-text>{row.group ?? blank}</td>
              <td className={data.number}>{countText(row.offered)}</td>
              <td className={data.number}>{countText(row.accepted)}</td>
              <td style={{ ...WHOLE_WORDS, paddingLeft: 12 }}>{row.returned.of === 0 ? t('outcomes.unanswered') : t('outcomes.of', { n: countText(row.returned.n), of: countText(row.returned.of) })}{row.returned.of >= FEW && <div className="meta">{t('outcomes.share', { share: percentText(row.returned.n / row.returned.of), low: percentText(row.returned.low), high: percentText(row.returned.high) })}</div>}{reasons && row.byReason.length > 0 && <div className={`meta ${data.narrow}`}>{reasonsOf(row)}</div>}</td>
              {reasons && <td className={data.wide}>{reasonsOf(row) || t('value.none')}</td>}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
    <div className="meta">{note}</div>
  </section>
);

const Act = ({ row, ask, flush = false }: { row: Handoff; ask: (what: 'dispute' | 'settle') => void; /** Stands under a text, not in a column of its own. */ flush?: boolean }) => {
  if (row.disputedAt && !row.settledAt) return <Button size="compact-sm" variant="default" onClick={() => ask('settle')}>{t('handoffs.settle')}</Button>;
  const answered = row.state !== 'offered' && row.state !== 'withdrawn';
  return answered && !row.settledAt ? <Button size="compact-sm" variant="subtle" color="ink" {...(flush ? { px: 0 } : {})} onClick={() => ask('dispute')}>{t('handoffs.dispute')}</Button> : null;
};

const Rows = ({ workspace, rows }: { workspace: string; rows: Handoff[] }) => {
  const [asking, ask] = useState<{ row: Handoff; what: 'dispute' | 'settle' } | null>(null);
  return (
    <div className={data.scroll}>
      <table className={data.table}>
        <thead><tr><th scope="col">{t('handoffs.lead')}</th><th scope="col">{t('handoffs.became')}</th><th scope="col" className={data.wide}>{t('handoffs.offered')}</th><th scope="col" className={data.wide}><VisuallyHidden>{t('handoffs.act')}</VisuallyHidden></th></tr></thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.id}>
              <td style={WHOLE_WORDS}><Link to="/w/$workspace/customers/$party" params={{ workspace, party: row.leadId }} className={data.strong} data-user-text>{leadText({ name: row.lead, company: row.company })}</Link><div className="meta">{row.channel ?? t('outcomes.blank')}</div>{row.optedOut && <OptedOut />}</td>
              <td>
                {t(`handoff.${row.state}`)}{row.decidedBy ? ` · ${row.decidedBy}` : row.to ? ` ${t('handoff.to', { name: row.to })}` : ''}{row.decidedAt && <> · <When at={row.decidedAt} /></>}
                {row.reason && <div className="meta">{row.reason}{row.nurtureUntil && <> · {t('handoffs.until')} <When at={row.nurtureUntil} /></>}</div>}
                {row.disputeNote && <div className="meta">{t('handoffs.disputedBy', { by: row.disputedBy ?? '', note: row.disputeNote })}</div>}
                {row.settleNote && <div className="meta">{t('handoffs.settledBy', { by: row.settledBy ?? '', note: row.settleNote })}</div>}
                <div className={data.narrow}><Act flush row={row} ask={(what) => ask({ row, what })} /></div>
              </td>
              <td className={data.wide}>{row.offeredBy}<div className="meta"><When at={row.offeredAt} /></div></td>
              <td className={`${data.number} ${data.wide}`}><Act row={row} ask={(what) => ask({ row, what })} /></td>
            </tr>
          ))}
        </tbody>
      </table>
      {asking && <Note workspace={workspace} row={asking.row} what={asking.what} onClose={() => ask(null)} />}
    </div>
  );
};

const Note = ({ workspace, row, what, onClose }: { workspace: string; row: Handoff; what: 'dispute' | 'settle'; onClose: () => void }) => {
  const queries = useQueryClient();
  const [note, setNote] = useState('');
  const done = { onSuccess: async () => { await queries.invalidateQueries({ queryKey: pipelineCalls.key() }); onClose(); say(t(`note.${what}.done`)); }, onError: sayFault };
  const dispute = useMutation(pipelineCalls.dispute.mutationOptions(done));
  const settle = useMutation(pipelineCalls.settle.mutationOptions(done));
  const act = what === 'dispute' ? dispute : settle;
  return (
    <Modal opened onClose={onClose} title={t(`note.${what}.title`, { lead: leadText({ name: row.lead, company: row.company }) })}>
      <form onSubmit={(event) => { event.preventDefault(); act.mutate({ workspace, id: row.id, note }); }}>
        <Stack gap="md">
          <Textarea autosize minRows={2} label={t(`note.${what}.label`)} value={note} onChange={(event) => setNote(event.currentTarget.value)} maxLength={300} required data-autofocus />
          <Group justify="flex-end" gap="sm"><Button variant="default" onClick={onClose}>{t('cancel')}</Button><Button type="submit" loading={act.isPending} disabled={note.trim() === ''}>{t('note.save')}</Button></Group>
        </Stack>
      </form>
    </Modal>
  );
};
