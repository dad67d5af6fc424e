import { Button, Group, Modal, Select, Stack, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { pipelineCalls, pipelineClient, type Handoff } from './calls';
import css from './pipeline.module.css';
import { leadText, t } from './text';
import { useAct } from './use-acts';

const named = (offer: Handoff): string => leadText({ name: offer.lead, company: offer.company });

/** Take on, return, hand on: what can be answered to an offer. */
export const OfferAnswers = ({ workspace, offer }: { workspace: string; offer: Handoff }) => {
  const [asking, ask] = useState<'return' | 'handOn' | null>(null);
  const accept = useAct(workspace, async () => {
    const { act } = await pipelineClient.decide({ workspace, ids: [offer.id], decision: { kind: 'accept' } });
    return { act, said: t('answer.accepted', { lead: named(offer) }) };
  });
  return (
    <div className={css.acts}>
      <Button loading={accept.isPending} onClick={() => accept.mutate(undefined)}>{t('answer.accept')}</Button>
      <Button variant="default" onClick={() => ask('return')}>{t('answer.return')}</Button>
      <Button variant="default" onClick={() => ask('handOn')}>{t('answer.handOn')}</Button>
      {asking === 'return' && <ReturnDialog workspace={workspace} offer={offer} onClose={() => ask(null)} />}
      {asking === 'handOn' && <HandOnDialog workspace={workspace} offer={offer} onClose={() => ask(null)} />}
    </div>
  );
};

type DialogProps = { workspace: string; offer: Handoff; onClose: () => void };

const ReturnDialog = ({ workspace, offer, onClose }: DialogProps) => {
  const outcomes = useQuery(pipelineCalls.outcomes.queryOptions({ input: { workspace } }));
  const [reason, setReason] = useState<string | null>(null);
  const [note, setNote] = useState('');
  const [until, setUntil] = useState('');
  const act = useAct(workspace, async (why: string) => {
    const decision = until ? { kind: 'recycle' as const, reason: why, nurtureUntil: new Date(`${until}T12:00:00`).toISOString() } : { kind: 'reject' as const, reason: why };
    const { act: made } = await pipelineClient.decide({ workspace, ids: [offer.id], decision, note: note.trim() || null });
    return { act: made, said: t('answer.returned', { lead: named(offer) }) };
  }, onClose);
  return (
    <Modal opened onClose={onClose} title={t('return.title', { lead: named(offer) })}>
      <form onSubmit={(event) => { event.preventDefault(); if (reason) act.mutate(reason); }}>
        <Stack gap="md">
          <Select label={t('return.reason')} placeholder={t('return.choose')} data={outcomes.data?.reasons ?? []} value={reason} onChange={setReason} required data-autofocus />
          <TextInput type="date" label={t('return.until')} description={t('return.until.text')} value={until} onChange={(event) => setUntil(event.currentTarget.value)} />
          <TextInput label={t('return.note')} value={note} onChange={(event) => setNote(event.currentTarget.value)} maxLength={1000} />
          <Group justify="flex-end" gap="sm"><Button variant="default" onClick={onClose}>{t('cancel')}</Button><Button type="submit" loading={act.isPending} disabled={!reason}>{t('answer.return')}</Button></Group>
        </Stack>
      </form>
    </Modal>
  );
};

const HandOnDialog = ({ workspace, offer, onClose }: DialogProps) => {
  const people = useQuery(pipelineCalls.salesPeople.queryOptions({ input: { workspace } }));
  const [to, setTo] = useState<string | null>(null);
  const act = useAct(workspace, async (toPersonId: string) => {
    const { act: made } = await pipelineClient.handOn({ workspace, ids: [offer.id], toPersonId });
    return { act: made, said: t('answer.handedOn', { lead: named(offer) }) };
  }, onClose);
  return (
    <Modal opened onClose={onClose} title={t('handOn.title', { lead: named(offer) })}>
      <form onSubmit={(event) => { event.preventDefault(); if (to) act.mutate(to); }}>
        <Stack gap="md">
          <Select label={t('handOn.to')} searchable data={(people.data ?? []).filter((person) => person.id !== offer.toPersonId).map((person) => ({ value: person.id, label: person.name }))} value={to} onChange={setTo} required data-autofocus />
          <Group justify="flex-end" gap="sm"><Button variant="default" onClick={onClose}>{t('cancel')}</Button><Button type="submit" loading={act.isPending} disabled={!to}>{t('answer.handOn')}</Button></Group>
        </Stack>
      </form>
    </Modal>
  );
};
