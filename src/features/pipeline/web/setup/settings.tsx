import { Button, Group, Switch, Textarea } from '@mantine/core';
import { useState } from 'react';
import { pipelineClient, type Setup } from '../calls';
import css from './setup.module.css';
import { t } from './text';
import { useChange } from './use-change';

const lines = (text: string): string[] => [...new Set(text.split('\n').map((line) => line.trim()).filter((line) => line !== ''))];

export const Settings = ({ workspace, setting, may }: { workspace: string; setting: Setup['setting']; may: boolean }) => {
  const [reasons, setReasons] = useState(setting.returnReasons.join('\n'));
  const change = useChange();
  const put = (next: Setup['setting']) => pipelineClient.changeSetting({ workspace, ...next });
  const save = (next: Setup['setting'], said: string) => change.mutate({ work: () => put(next), undo: () => put(setting), said });
  const wanted = lines(reasons);
  return (
    <section className={css.section} aria-labelledby="settings">
      <h2 id="settings">{t('settings')}</h2>
      <form style={{ maxWidth: 560 }} onSubmit={(event) => { event.preventDefault(); save({ ...setting, returnReasons: wanted }, t('settings.reasons.saved')); }}>
        <Textarea label={t('settings.reasons')} description={t('settings.reasons.help')} value={reasons} onChange={(event) => setReasons(event.currentTarget.value)} autosize minRows={4} maxRows={14} disabled={!may} />
        {may && wanted.join('\n') !== setting.returnReasons.join('\n') && <Group mt="sm"><Button type="submit" variant="default" loading={change.isPending} disabled={wanted.length === 0}>{t('save')}</Button></Group>}
      </form>
      <Switch label={t('settings.persons')} description={t('settings.persons.help')} checked={setting.personViews} disabled={!may || change.isPending} maw={560} onChange={(event) => save({ ...setting, personViews: event.currentTarget.checked }, t(event.currentTarget.checked ? 'settings.persons.on' : 'settings.persons.off'))} />
    </section>
  );
};
