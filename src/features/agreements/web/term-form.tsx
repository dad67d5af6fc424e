import { Button, Group, Modal, Stack, Textarea, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { FaultLine } from '../../../ui/page';
import { say } from '../../../ui/notify';
import { otherSide } from '../domain/commitment';
import type { StarterTerm } from '../domain/terms';
import { agreementsCalls, useReload, useStanding } from './calls';
import { sideText, t } from './text';

export type TermDraft = { id?: string; name: string; text: string; readings?: StarterTerm['readings']; note?: string };

/** Says what proposing means for this reader. */
export const ProposingMeans = ({ workspace }: { workspace: string }) => {
  const head = useStanding(workspace).data?.me.headOf;
  return <p className="meta" style={{ margin: 0 }}>{head ? t('form.signs', { side: sideText(head).toLowerCase(), other: sideText(otherSide(head)).toLowerCase() }) : t('form.prepares')}</p>;
};

export const TermForm = ({ workspace, draft, onClose }: { workspace: string; draft: TermDraft | null; onClose: () => void }) => (
  <Modal opened={draft !== null} onClose={onClose} size="lg" title={draft?.id ? t('term.formChange', { name: draft.name }) : t('term.form')} closeButtonProps={{ 'aria-label': t('close') }}>
    {draft && <Fields key={`${draft.id ?? ''}${draft.name}`} workspace={workspace} draft={draft} onClose={onClose} />}
  </Modal>
);

const Fields = ({ workspace, draft, onClose }: { workspace: string; draft: TermDraft; onClose: () => void }) => {
  const [name, setName] = useState(draft.name);
  const [text, setText] = useState(draft.text);
  const [note, setNote] = useState(draft.note ?? '');
  const reload = useReload();
  const propose = useMutation(agreementsCalls.proposeTerm.mutationOptions({ onSuccess: async () => { await reload(); onClose(); say(t('form.done')); } }));
  return (
    <form onSubmit={(event) => { event.preventDefault(); propose.mutate({ workspace, ...(draft.id ? { id: draft.id } : {}), name, note, term: { text } }); }}>
      <Stack gap="md">
        <TextInput label={t('term.name')} value={name} onChange={(event) => setName(event.currentTarget.value)} maxLength={120} required />
        {draft.readings && (
          <div>
            <div style={{ fontWeight: 500, marginBottom: 4 }}>{t('term.readings')}</div>
            <Group gap="xs">{draft.readings.map((reading) => <Button key={reading.key} size="compact-md" variant="default" onClick={() => setText(reading.text)}>{t(`terms.reading.${reading.key}`)}</Button>)}</Group>
          </div>
        )}
        <Textarea label={t('term.text')} description={t('term.text.hint')} value={text} onChange={(event) => setText(event.currentTarget.value)} rows={5} maxLength={4_000} required data-autofocus />
        <TextInput label={t('form.note')} value={note} onChange={(event) => setNote(event.currentTarget.value)} maxLength={2_000} />
        <ProposingMeans workspace={workspace} />
        <FaultLine error={propose.error} />
        <Group justify="flex-end" gap="sm"><Button variant="default" onClick={onClose}>{t('cancel')}</Button><Button type="submit" loading={propose.isPending}>{t('form.submit')}</Button></Group>
      </Stack>
    </form>
  );
};
