import { Button, Drawer, Group, SegmentedControl, Select, Stack, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { SIDES, type Side } from '../../../../lib/vocabulary';
import { BUYER_STAGES, STAGE_ROLES } from '../../domain/stages';
import { pipelineClient, type SetupPipeline, type SetupStage, type SetupTerm } from '../calls';
import { t } from './text';
import { useChange } from './use-change';

export type StageFields = Pick<SetupStage, 'name' | 'role' | 'owner' | 'buyer' | 'criteria' | 'contribution' | 'termId'>;

export const fieldsOf = ({ name, role, owner, buyer, criteria, contribution, termId }: SetupStage): StageFields => ({ name, role, owner, buyer, criteria, contribution, termId });

const BLANK: StageFields = { name: '', role: null, owner: 'sales', buyer: null, criteria: '', contribution: '', termId: null };
const NONE = 'none';
const other = (side: Side): Side => (side === 'sales' ? 'marketing' : 'sales');

type Props = { workspace: string; pipeline: SetupPipeline; stage: SetupStage | null; terms: SetupTerm[]; onClose: () => void };

/** What a stage is called, stands for, rests on and asks of both functions. */
export const StageForm = ({ workspace, pipeline, stage, terms, onClose }: Props) => {
  const [fields, setFields] = useState<StageFields>(stage ? fieldsOf(stage) : BLANK);
  const change = useChange();
  const set = (part: Partial<StageFields>) => setFields((before) => ({ ...before, ...part }));
  const taken = new Set(pipeline.stages.filter((each) => each.archivedAt === null && each.id !== stage?.id).map((each) => each.role));
  const save = () => {
    const next = { ...fields, name: fields.name.trim() };
    if (stage) change.mutate({ work: () => pipelineClient.changeStage({ workspace, id: stage.id, ...next }), undo: () => pipelineClient.changeStage({ workspace, id: stage.id, ...fieldsOf(stage) }), said: t('stage.saved', { stage: next.name }), done: onClose });
    else change.mutate({ work: () => pipelineClient.addStage({ workspace, id: pipeline.id, ...next }), said: t('stage.added', { stage: next.name }), done: onClose });
  };
  return (
    <Drawer opened onClose={onClose} title={stage ? t('form.edit', { stage: stage.name }) : t('form.add', { pipeline: pipeline.name })}>
      <form onSubmit={(event) => { event.preventDefault(); save(); }}>
        <Stack gap="md">
          <TextInput label={t('form.name')} value={fields.name} onChange={(event) => set({ name: event.currentTarget.value })} maxLength={80} required data-autofocus />
          <Select label={t('form.role')} description={t('form.role.help')} value={fields.role ?? NONE} onChange={(value) => set({ role: STAGE_ROLES.find((role) => role === value) ?? null })} data={[{ value: NONE, label: t('form.role.none') }, ...STAGE_ROLES.filter((role) => !taken.has(role)).map((role) => ({ value: role, label: t(`role.${role}`) }))]} />
          <div>
            <div style={{ fontWeight: 500, marginBottom: 4 }} id="stage-owner">{t('form.owner')}</div>
            <SegmentedControl aria-labelledby="stage-owner" value={fields.owner} onChange={(value) => set({ owner: SIDES.find((side) => side === value) ?? 'sales' })} data={SIDES.map((side) => ({ value: side, label: t(`side.${side}`) }))} />
          </div>
          <Select label={t('form.buyer')} value={fields.buyer ?? NONE} onChange={(value) => set({ buyer: BUYER_STAGES.find((each) => each === value) ?? null })} data={[{ value: NONE, label: t('form.buyer.none') }, ...BUYER_STAGES.map((each) => ({ value: each, label: t(`buyer.${each}`) }))]} />
          <Select label={t('form.term')} value={fields.termId ?? NONE} onChange={(value) => set({ termId: value === NONE ? null : value })} data={[{ value: NONE, label: t('form.term.none') }, ...terms.map(({ id, name, version }) => ({ value: id, label: version === null ? t('form.term.open', { name }) : t('form.term.version', { name, version }) }))]} />
          <Textarea label={t('form.criteria')} value={fields.criteria} onChange={(event) => set({ criteria: event.currentTarget.value })} autosize minRows={2} maxLength={600} />
          <Textarea label={t('form.contribution', { side: t(`side.${other(fields.owner)}`).toLowerCase() })} value={fields.contribution} onChange={(event) => set({ contribution: event.currentTarget.value })} autosize minRows={2} maxLength={600} />
          <Group justify="flex-end" gap="sm"><Button variant="default" onClick={onClose}>{t('cancel')}</Button><Button type="submit" loading={change.isPending} disabled={fields.name.trim() === ''}>{t('save')}</Button></Group>
        </Stack>
      </form>
    </Drawer>
  );
};
