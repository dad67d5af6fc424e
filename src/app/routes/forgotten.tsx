import { Button, Stack, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { createFileRoute } from '@tanstack/react-router';
import { useState } from 'react';
import { workspaceCalls } from '../../features/workspace/web/public';
import { askForReset } from '../../browser/session';
import { Entry } from '../web/entry';
import { t } from '../web/text';

export const Route = createFileRoute('/forgotten')({ component: Forgotten });

function Forgotten() {
  const setup = useQuery(workspaceCalls.setup.queryOptions());
  const [email, setEmail] = useState('');
  const [sent, setSent] = useState(false);
  return (
    <Entry title={t('forgotten.title')}>
      <h2 className="title">{t('forgotten.title')}</h2>
      {setup.data && !setup.data.mail ? (
        <p>{t('forgotten.noMail')}</p>
      ) : (
        <form onSubmit={(event) => { event.preventDefault(); void askForReset(email).finally(() => setSent(true)); }}>
          <Stack gap="md">
            <p style={{ margin: 0 }}>{t('forgotten.text')}</p>
            <TextInput label={t('signIn.email')} type="email" autoComplete="username" required value={email} onChange={(event) => setEmail(event.currentTarget.value)} />
            <Button type="submit">{t('forgotten.button')}</Button>
            {sent && <div role="status">{t('forgotten.sent')}</div>}
          </Stack>
        </form>
      )}
    </Entry>
  );
}
