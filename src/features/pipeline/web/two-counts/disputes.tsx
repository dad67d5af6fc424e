import { Button, Textarea } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { say } from '../../../../ui/notify';
import { Answered, FaultLine } from '../../../../ui/page';
import { dayText } from '../../../../ui/when';
import type { DisputedRow } from '../../domain/reconcile';
import { pipelineCalls, pipelineClient, type DisputeAnswer } from '../calls';
import { asInput, type CountSearch } from './search';
import { t } from './text';
import css from './two-counts.module.css';

type Props = { workspace: string; row: DisputedRow; search: CountSearch; /** The past day that the page shows. */ asOf: string | null };

const useReload = (workspace: string) => {
  const queries = useQueryClient();
  return () => Promise.all([
    queries.invalidateQueries({ queryKey: pipelineCalls.disputes.key({ input: { workspace } }) }),
    queries.invalidateQueries({ queryKey: pipelineCalls.twoCounts.key() }),
  ]);
};

/** "This row is wrong": what was objected to it, and room to say so; on a past day what had been said by then. */
export const Disputes = ({ workspace, row, search, asOf }: Props) => {
  const disputes = useQuery(pipelineCalls.disputes.queryOptions({ input: { workspace, ...(asOf ? { asOf } : {}) } }));
  return (
    <section className={css.section}>
      <h3>{t('dispute.title')}</h3>
      <p className={css.note}>{t(asOf ? 'dispute.past' : 'dispute.text')}</p>
      <Answered query={disputes} rows={1}>
        {(all) => {
          const own = all.filter((each) => each.row === row);
          if (own.length === 0) return asOf ? <p className={css.note}>{t('dispute.past.none')}</p> : null;
          return <ul className={css.disputes}>{own.map((each) => <Dispute key={each.id} workspace={workspace} dispute={each} settled={asOf !== null} />)}</ul>;
        }}
      </Answered>
      {!asOf && <Objection workspace={workspace} row={row} search={search} />}
    </section>
  );
};

const Objection = ({ workspace, row, search }: Omit<Props, 'asOf'>) => {
  const reload = useReload(workspace);
  const [note, setNote] = useState('');
  const send = useMutation(pipelineCalls.disputeRow.mutationOptions({
    onSuccess: async () => {
      setNote('');
      await reload();
      say(t('dispute.sent'));
    },
  }));
  return (
    <form className={css.form} onSubmit={(event) => { event.preventDefault(); send.mutate({ workspace, row, note, ...asInput(search) }); }}>
      <Textarea label={t('dispute.note')} autosize minRows={2} maxLength={2_000} value={note} onChange={(event) => setNote(event.currentTarget.value)} />
      <FaultLine error={send.error} />
      <Button type="submit" variant="default" disabled={note.trim() === ''} loading={send.isPending}>{t('dispute.send')}</Button>
    </form>
  );
};

const Dispute = ({ workspace, dispute, settled }: { workspace: string; dispute: DisputeAnswer; /** Nothing is answered here. */ settled: boolean }) => {
  const reload = useReload(workspace);
  const [answer, setAnswer] = useState<string | null>(null);
  const settle = useMutation(pipelineCalls.settleDispute.mutationOptions({
    onSuccess: async () => {
      setAnswer(null);
      await reload();
      say(t('dispute.answered'), async () => {
        await pipelineClient.settleDispute({ workspace, id: dispute.id, answer: null });
        await reload();
      });
    },
  }));
  return (
    <li>
      <span data-user-text>{dispute.note}</span>
      <span className="meta">{t('dispute.by', { name: dispute.madeBy, date: dayText(dispute.madeAt), figure: dispute.figure })}</span>
      {dispute.answer && <><span data-user-text>{dispute.answer}</span><span className="meta">{t('dispute.settledBy', { name: dispute.settledBy ?? '', date: dispute.settledAt ? dayText(dispute.settledAt) : '' })}</span></>}
      {!settled && !dispute.settledAt && answer === null && <Button size="compact-sm" variant="default" onClick={() => setAnswer('')}>{t('dispute.answer')}</Button>}
      {answer !== null && (
        <form className={css.form} onSubmit={(event) => { event.preventDefault(); settle.mutate({ workspace, id: dispute.id, answer }); }}>
          <Textarea label={t('dispute.answer')} autosize minRows={2} maxLength={2_000} value={answer} onChange={(event) => setAnswer(event.currentTarget.value)} />
          <FaultLine error={settle.error} />
          <Button type="submit" variant="default" disabled={answer.trim() === ''} loading={settle.isPending}>{t('dispute.answer.send')}</Button>
        </form>
      )}
    </li>
  );
};
