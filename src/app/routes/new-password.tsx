import { Button, PasswordInput, Stack } from '@mantine/core';
import { createFileRoute, Link } from '@tanstack/react-router';
import { useState } from 'react';
import { setPassword as save } from '../../browser/session';
import { Entry } from '../web/entry';
import { t } from '../web/text';

export const Route = createFileRoute('/new-password')({ component: NewPassword });

function NewPassword() {
  const [password, setPassword] = useState('');
  const [state, setState] = useState<'idle' | 'done' | 'failed'>('idle');
  const token = new URLSearchParams(location.search).get('token') ?? '';
  return (
    <Entry title={t('newPassword.title')}>
      <h2 className="title">{t('newPassword.title')}</h2>
      {state === 'done' ? (
        <p role="status">{t('newPassword.done')} <Link to="/sign-in">{t('signIn.title')}</Link></p>
      ) : (
        <form onSubmit={(event) => { event.preventDefault(); void save(token, password).then((outcome) => setState(outcome.ok ? 'done' : 'failed'), () => setState('failed')); }}>
          <Stack gap="md">
            <PasswordInput label={t('signIn.password')} description={t('signUp.password.help')} autoComplete="new-password" required minLength={10} maxLength={200} value={password} onChange={(event) => setPassword(event.currentTarget.value)} />
            {state === 'failed' && <div role="alert">{t('newPassword.failed')}</div>}
            <Button type="submit">{t('newPassword.button')}</Button>
          </Stack>
        </form>
      )}
    </Entry>
  );
}
