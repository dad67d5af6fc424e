import { Button, Checkbox, Group, Modal, NativeSelect, NumberInput, Stack, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { createTanstackQueryUtils } from '@orpc/tanstack-query';
import { useState } from 'react';
import { clientOf } from '../../../browser/rpc';
import { SIDES } from '../../../lib/vocabulary';
import { FaultLine } from '../../../ui/page';
import { say } from '../../../ui/notify';
import type { pipelineContract } from '../../pipeline/contract';
import { EACH, KINDS, REACHABLE, STARTS, UNITS, UNTILS, type Commitment } from '../domain/commitment';
import { PERS } from '../domain/periods';
import { agreementsCalls, useReload } from './calls';
import css from './agreements.module.css';
import { promiseText, sideText, t } from './text';
import { ProposingMeans } from './term-form';

export type CommitmentDraft = { id?: string; name: string; note?: string; commitment: Commitment };
type Change = (change: Partial<Commitment>) => void;

const pipeline = createTanstackQueryUtils(clientOf<typeof pipelineContract>('pipeline'), { path: ['pipeline'] });

/** One of a few words. */
const Choice = <T extends string>({ label, value, options, word, onChange }: { label: string; value: T; options: readonly T[]; word: (option: T) => string; onChange: (value: T) => void }) => (
  <NativeSelect label={label} value={value} onChange={(event) => onChange(options.find((each) => each === event.currentTarget.value) ?? value)} data={options.map((each) => ({ value: each, label: word(each) }))} />
);

const Whole = ({ label, value, min, max, onChange }: { label: string; value: number; min: number; max: number; onChange: (value: number) => void }) => (
  <NumberInput label={label} value={value} min={min} max={max} allowDecimal={false} clampBehavior="strict" onChange={(next) => onChange(typeof next === 'number' ? next : min)} />
);

const HowFast = ({ promise, set }: { promise: Commitment; set: Change }) => (
  <>
    <Choice label={t('form.from')} value={promise.from} options={STARTS} word={(each) => t(`form.from.${each}`)} onChange={(from) => set({ from })} />
    <Choice label={t('form.until')} value={promise.until} options={UNTILS} word={(each) => t(`form.until.${each}`)} onChange={(until) => set({ until, stage: until === 'stage' ? (promise.stage ?? 'sales_qualified') : null })} />
    {promise.until === 'stage' && <Choice label={t('form.stage')} value={promise.stage ?? 'sales_qualified'} options={REACHABLE} word={(each) => t(`stage.${each}`)} onChange={(stage) => set({ stage })} />}
    <Whole label={t('form.limit')} value={promise.limit} min={1} max={500} onChange={(limit) => set({ limit })} />
    <Choice label={t('form.unit')} value={promise.unit} options={UNITS} word={(each) => t(`form.unit.${each}`)} onChange={(unit) => set({ unit })} />
    <Whole label={t('form.warnAt')} value={promise.warnAt} min={10} max={95} onChange={(warnAt) => set({ warnAt })} />
    <Whole label={t('form.escalateAfter')} value={promise.escalateAfter} min={0} max={60} onChange={(escalateAfter) => set({ escalateAfter })} />
  </>
);

const HowMany = ({ promise, set }: { promise: Commitment; set: Change }) => (
  <>
    <Choice label={t('form.fromCount')} value={promise.from} options={STARTS} word={(each) => t(`form.from.${each}`)} onChange={(from) => set({ from })} />
    <Whole label={t('form.atLeast')} value={promise.atLeast} min={1} max={100_000} onChange={(atLeast) => set({ atLeast })} />
    <Choice label={t('form.each')} value={promise.each} options={EACH} word={(each) => t(`form.each.${each}`)} onChange={(each) => set({ each })} />
  </>
);

const Pauses = ({ workspace, promise, set }: { workspace: string; promise: Commitment; set: Change }) => {
  const stages = useQuery(pipeline.pipelines.queryOptions({ input: { workspace } })).data?.flatMap((each) => each.stages).filter((each) => each.end === 'open') ?? [];
  const toggle = (id: string, on: boolean) => set({ pauseStages: on ? [...promise.pauseStages, id] : promise.pauseStages.filter((each) => each !== id) });
  return (
    <div className={css.full}>
      <Checkbox label={t('form.pauseReturned')} checked={promise.pauseReturned} onChange={(event) => set({ pauseReturned: event.currentTarget.checked })} />
      {stages.length > 0 && (
        <fieldset style={{ border: 0, padding: 0, margin: '8px 0 0' }}>
          <legend style={{ padding: 0, marginBottom: 4 }}>{t('form.pauseStages')}</legend>
          <Group gap="md">{stages.map((stage) => <Checkbox key={stage.id} label={stage.name} checked={promise.pauseStages.includes(stage.id)} onChange={(event) => toggle(stage.id, event.currentTarget.checked)} />)}</Group>
        </fieldset>
      )}
    </div>
  );
};

const Leads = ({ promise, set }: { promise: Commitment; set: Change }) => (
  <>
    <NativeSelect label={t('form.origin')} value={promise.origins.length === 1 ? promise.origins[0] : ''} onChange={(event) => set({ origins: SIDES.filter((side) => side === event.currentTarget.value) })} data={[{ value: '', label: t('form.origin.all') }, ...SIDES.map((side) => ({ value: side, label: sideText(side) }))]} />
    <TextInput label={t('form.channels')} description={t('form.channels.hint')} defaultValue={promise.channels.join(', ')} onChange={(event) => set({ channels: event.currentTarget.value.split(',').map((each) => each.trim()).filter(Boolean) })} />
    <Choice label={t('form.per')} value={promise.per} options={PERS} word={(each) => t(`form.per.${each}`)} onChange={(per) => set({ per })} />
    <TextInput type="date" label={t('form.startsOn')} description={t('form.startsOn.hint')} value={promise.startsOn} onChange={(event) => set({ startsOn: event.currentTarget.value })} required />
  </>
);

export const CommitmentForm = ({ workspace, draft, onClose }: { workspace: string; draft: CommitmentDraft | null; onClose: () => void }) => (
  <Modal opened={draft !== null} onClose={onClose} size="xl" title={t(draft?.id ? 'form.titleChange' : 'form.title')} closeButtonProps={{ 'aria-label': t('close') }}>
    {draft && <Fields key={draft.id ?? ''} workspace={workspace} draft={draft} onClose={onClose} />}
  </Modal>
);

const Fields = ({ workspace, draft, onClose }: { workspace: string; draft: CommitmentDraft; onClose: () => void }) => {
  const [promise, setPromise] = useState(draft.commitment);
  const [own, setOwn] = useState<string | null>(draft.name && draft.name !== promiseText(draft.commitment) ? draft.name : null);
  const [note, setNote] = useState(draft.note ?? '');
  const name = own ?? promiseText(promise);
  const reload = useReload();
  const propose = useMutation(agreementsCalls.proposeCommitment.mutationOptions({ onSuccess: async () => { await reload(); onClose(); say(t('form.done')); } }));
  const set: Change = (change) => setPromise((before) => ({ ...before, ...change }));
  const submit = () => propose.mutate({ workspace, ...(draft.id ? { id: draft.id } : {}), name, note, commitment: { ...promise, origins: [...promise.origins], channels: [...promise.channels], pauseStages: [...promise.pauseStages] } });
  return (
    <form onSubmit={(event) => { event.preventDefault(); submit(); }}>
      <Stack gap="md">
        <div className={css.form}>
          <Choice label={t('form.owes')} value={promise.owes} options={SIDES} word={sideText} onChange={(owes) => set({ owes })} />
          <Choice label={t('form.kind')} value={promise.kind} options={KINDS} word={(each) => t(`form.kind.${each}`)} onChange={(kind) => set({ kind })} />
          {promise.kind === 'response' ? <HowFast promise={promise} set={set} /> : <HowMany promise={promise} set={set} />}
          <Leads promise={promise} set={set} />
          {promise.kind === 'response' ? <Pauses workspace={workspace} promise={promise} set={set} /> : <Checkbox className={css.full} label={t('form.credible')} checked={promise.credible} onChange={(event) => set({ credible: event.currentTarget.checked })} />}
        </div>
        <TextInput label={t('form.name')} value={name} onChange={(event) => setOwn(event.currentTarget.value)} maxLength={120} required />
        <TextInput label={t('form.note')} value={note} onChange={(event) => setNote(event.currentTarget.value)} maxLength={2_000} />
        <ProposingMeans workspace={workspace} />
        <FaultLine error={propose.error} />
        <Group justify="flex-end" gap="sm"><Button variant="default" onClick={onClose}>{t('cancel')}</Button><Button type="submit" loading={propose.isPending}>{t('form.submit')}</Button></Group>
      </Stack>
    </form>
  );
};
