import { Button, Group, Modal, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { needsReason } from '../domain/moves';
import type { Lead, Pipeline, Stage } from './calls';
import { pipelineClient } from './calls';
import { countText, t } from './text';
import { useAct } from './use-acts';

export type Wanted = { leads: Lead[]; to: Stage };

/** Whether the reader has to say why, for any of these leads. */
export const asksWhy = ({ leads, to }: Wanted, pipeline: Pipeline): boolean =>
  leads.some((lead) => {
    const from = pipeline.stages.find((stage) => stage.id === lead.stageId);
    return !from || needsReason({ ...from, pipelineId: pipeline.id }, { ...to, pipelineId: pipeline.id });
  });

/** Moves leads; a move back or out is asked about once, with its reason. */
export const useMove = (workspace: string, pipeline: Pipeline, done?: () => void) => {
  const [asking, ask] = useState<Wanted | null>(null);
  const act = useAct(workspace, async ({ leads, to, reason }: Wanted & { reason: string | null }) => {
    const [only] = leads;
    const { act: made, moved } = await pipelineClient.move({ workspace, ids: leads.map((lead) => lead.id), stageId: to.id, reason, ...(leads.length === 1 && only ? { version: only.version } : {}) });
    return { act: made, said: t('moved', { count: countText(moved), n: moved, stage: to.name }) };
  }, () => {
    ask(null);
    done?.();
  });
  return {
    busy: act.isPending,
    move: (wanted: Wanted) => (asksWhy(wanted, pipeline) ? ask(wanted) : act.mutate({ ...wanted, reason: null })),
    dialog: <Why key={asking?.to.id ?? 'none'} asking={asking} busy={act.isPending} onClose={() => ask(null)} onSay={(reason) => asking && act.mutate({ ...asking, reason })} />,
  };
};

const Why = ({ asking, busy, onClose, onSay }: { asking: Wanted | null; busy: boolean; onClose: () => void; onSay: (reason: string) => void }) => {
  const [reason, setReason] = useState('');
  return (
    <Modal opened={asking !== null} onClose={onClose} title={asking ? t('why.title', { n: asking.leads.length, count: countText(asking.leads.length), stage: asking.to.name }) : ''}>
      <form onSubmit={(event) => { event.preventDefault(); onSay(reason); }}>
        <Stack gap="lg">
          <TextInput label={t('why.label')} description={t('why.text')} value={reason} onChange={(event) => setReason(event.currentTarget.value)} maxLength={300} required data-autofocus />
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={onClose}>{t('cancel')}</Button>
            <Button type="submit" loading={busy} disabled={reason.trim() === ''}>{t('why.button')}</Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
};
