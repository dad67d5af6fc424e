import { Button, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useChange, type Action } from './calls';
import css from './improvement.module.css';
import { t } from './text';

/** A later day, and what kept it from being done. */
export const CarryForm = ({ workspace, action, done }: { workspace: string; action: Pick<Action, 'id' | 'version'>; done: () => void }) => {
  const [dueOn, setDueOn] = useState('');
  const [why, setWhy] = useState('');
  const save = useChange('carryAction', workspace, t('actions.moved'), done);
  return (
    <form className={css.form} onSubmit={(event) => { event.preventDefault(); save.mutate({ id: action.id, version: action.version, dueOn, why }); }}>
      <TextInput type="date" label={t('actions.due')} required value={dueOn} onChange={(event) => setDueOn(event.currentTarget.value)} />
      <Textarea label={t('actions.carry.why')} required autosize minRows={2} maxLength={2_000} value={why} onChange={(event) => setWhy(event.currentTarget.value)} />
      <Button type="submit" disabled={dueOn === '' || why.trim() === ''} loading={save.isPending}>{t('save')}</Button>
    </form>
  );
};
