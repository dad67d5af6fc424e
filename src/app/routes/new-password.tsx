import { Button, PasswordInput, Stack } from '@mantine/core';
import { createFileRoute, Link } from '@tanstack/react-router';
import { useState } from 'react';
import { setPassword as save } from '../../browser/session';
import { resetFault } from '../web/auth-faults';
import { Alarm, Entry } from '../web/entry';
import { t } from '../web/text';

export const Route = createFileRoute('/new-password')({ component: NewPassword });

function NewPassword() {
  const [password, setPassword] = useState('');
  const [done, setDone] = useState(false);
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState('');
  const token = new URLSearchParams(location.search).get('token') ?? '';
  const submit = async () => {
    setBusy(true);
    setFault('');
    const outcome = await save(token, password);
    setBusy(false);
    if (outcome.ok) setDone(true);
    else setFault(resetFault(outcome));
  };
  return (
    <Entry title={t('newPassword.title')}>
      <h2 className="title">{t('newPassword.title')}</h2>
      {done ? (
        <p role="status">{t('newPassword.done')} <Link to="/sign-in">{t('signIn.title')}</Link></p>
      ) : (
        <form onSubmit={(event) => { event.preventDefault(); void submit(); }}>
          <Stack gap="md">
            <PasswordInput label={t('newPassword.password')} description={t('signUp.password.help')} autoComplete="new-password" required minLength={10} maxLength={200} visibilityToggleButtonProps={{ 'aria-label': t('password.show') }} autoFocus value={password} onChange={(event) => setPassword(event.currentTarget.value)} />
            {fault && <Alarm>{fault} <Link to="/forgotten">{t('newPassword.again')}</Link></Alarm>}
            <Button type="submit" loading={busy}>{t('newPassword.button')}</Button>
          </Stack>
        </form>
      )}
    </Entry>
  );
}
