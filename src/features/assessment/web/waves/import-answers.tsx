import { Button, Drawer, FileInput, NativeSelect, NumberInput, Stack, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { FUNCTIONS, type FunctionName } from '../../../../lib/vocabulary';
import { wallClock } from '../../../../lib/zoned-time';
import { functionName } from '../../../../ui/function-mark';
import { say } from '../../../../ui/notify';
import { FaultLine } from '../../../../ui/page';
import { MINIMUM_DEFAULT, MINIMUM_FLOOR } from '../../domain/wave-setup';
import { assessmentCalls, type AssessmentOutputs } from '../calls';
import { readersZone } from './when';
import { textOf } from './file-text';
import { t } from './text';
import css from './waves.module.css';

type Found = AssessmentOutputs['importAnswers'];
type Fields = { name: string; instrumentId: string; closedOn: string; minimum: number; invited: Partial<Record<FunctionName, number>> };

const today = () => wallClock(new Date(), readersZone()).slice(0, 10);

/** Answers from paper or another tool: looked at first, saved only once nothing is wrong. */
export const ImportAnswers = ({ workspace, onClose }: { workspace: string; onClose: () => void }) => {
  const instruments = useQuery(assessmentCalls.instruments.queryOptions({ input: { workspace } }));
  const [fields, setFields] = useState<Fields>({ name: '', instrumentId: '', closedOn: today(), minimum: MINIMUM_DEFAULT, invited: {} });
  const [file, setFile] = useState<{ name: string; text: string } | null>(null);
  const instrumentId = fields.instrumentId || (instruments.data?.[0]?.id ?? '');
  const change = (changed: Partial<Fields>) => setFields({ ...fields, ...changed });
  const [check, save] = useImport(workspace, onClose);
  const input = (dryRun: boolean) => ({ workspace, ...fields, instrumentId, text: file?.text ?? '', dryRun });
  const found = check.data;
  const ready = found !== undefined && found.problems.length === 0 && check.variables?.text === file?.text && check.variables?.instrumentId === instrumentId;
  return (
    <Drawer opened onClose={onClose} title={t('import.title')} closeButtonProps={{ 'aria-label': t('close') }}>
      <form onSubmit={(event) => { event.preventDefault(); if (ready) save.mutate(input(false)); else check.mutate(input(true)); }}>
        <Stack gap="md">
          <p className={css.quiet}>{t('import.text')}</p>
          <TextInput label={t('import.name')} value={fields.name} onChange={(event) => change({ name: event.currentTarget.value })} required maxLength={120} data-autofocus />
          <NativeSelect label={t('import.instrument')} value={instrumentId} data={(instruments.data ?? []).map(({ id, title }) => ({ value: id, label: title.en }))} onChange={(event) => change({ instrumentId: event.currentTarget.value })} />
          <TextInput type="date" label={t('import.closedOn')} value={fields.closedOn} max={today()} onChange={(event) => change({ closedOn: event.currentTarget.value })} required />
          <NumberInput label={t('import.minimum')} description={t('import.minimum.help')} min={MINIMUM_FLOOR} max={50} clampBehavior="strict" value={fields.minimum} onChange={(value) => change({ minimum: Number(value) || MINIMUM_DEFAULT })} />
          <Invited value={fields.invited} onChange={(invited) => change({ invited })} />
          <FileInput label={t('import.file')} description={t('import.file.help')} accept=".csv,text/csv,text/plain" required placeholder={t('import.file.choose')} onChange={(chosen) => { check.reset(); if (chosen) void textOf(chosen).then((text) => setFile({ name: chosen.name, text })); else setFile(null); }} />
          {found && <Outcome found={found} />}
          <FaultLine error={check.error ?? save.error} />
          <div className={css.buttons}>
            <Button type="submit" loading={check.isPending || save.isPending} disabled={!file || fields.name.trim() === ''}>{ready ? t('import.save') : t('import.check')}</Button>
            <Button variant="default" onClick={onClose}>{t('cancel')}</Button>
          </div>
        </Stack>
      </form>
    </Drawer>
  );
};

const useImport = (workspace: string, onClose: () => void) => {
  const queries = useQueryClient();
  const navigate = useNavigate();
  const check = useMutation(assessmentCalls.importAnswers.mutationOptions());
  const save = useMutation(
    assessmentCalls.importAnswers.mutationOptions({
      onSuccess: async ({ wave }) => {
        if (!wave) return;
        await queries.invalidateQueries({ queryKey: assessmentCalls.key() });
        onClose();
        say(t('import.saved'));
        await navigate({ to: '/w/$workspace/understand/waves/$wave', params: { workspace, wave } });
      },
    }),
  );
  return [check, save] as const;
};

const Invited = ({ value, onChange }: { value: Fields['invited']; onChange: (value: Fields['invited']) => void }) => (
  <fieldset style={{ border: 0, margin: 0, padding: 0 }}>
    <legend style={{ padding: 0, fontWeight: 500 }}>{t('import.invited')}</legend>
    <p className="meta" style={{ margin: '2px 0 8px' }}>{t('import.invited.help')}</p>
    <div className={css.pair} style={{ gridTemplateColumns: 'repeat(3, minmax(0, 1fr))' }}>
      {FUNCTIONS.map((fn) => (
        <NumberInput key={fn} label={functionName(fn)} min={1} hideControls value={value[fn] ?? ''} onChange={(next) => onChange({ ...value, [fn]: next === '' ? undefined : Number(next) })} />
      ))}
    </div>
  </fieldset>
);

const Outcome = ({ found }: { found: Found }) =>
  found.problems.length > 0 ? (
    <div role="alert" className={css.section}>
      <strong>{t('import.problems', { count: found.problems.length })}</strong>
      <ul className={css.problems}>{found.problems.map((problem, at) => <li key={at}>{problem.line > 0 && <strong>{t('import.line', { line: problem.line })} </strong>}{problem.message}</li>)}</ul>
    </div>
  ) : (
    <p role="status" className={css.note}>{t('import.found', found.counts)}</p>
  );
