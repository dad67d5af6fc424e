import { Button, PasswordInput, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { signUp } from '../../browser/session';
import { signUpFault } from './auth-faults';
import { Alarm } from './entry';
import { t } from './text';

/** Opens an account; with an invitation's secret also where accounts are for invited people only. */
export const SignUpForm = ({ invitation, email: known = '', onDone }: { invitation: string | null; email?: string; onDone: () => Promise<unknown> }) => {
  const [name, setName] = useState('');
  const [email, setEmail] = useState(known);
  const [password, setPassword] = useState('');
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState('');
  const submit = async () => {
    setBusy(true);
    setFault('');
    const outcome = await signUp(name.trim(), email.trim(), password, invitation);
    if (outcome.ok) await onDone().catch(() => undefined);
    else setFault(signUpFault(outcome));
    setBusy(false);
  };
  return (
    <form onSubmit={(event) => { event.preventDefault(); void submit(); }}>
      <Stack gap="md">
        <TextInput label={t('signUp.name')} autoComplete="name" required value={name} onChange={(event) => setName(event.currentTarget.value)} maxLength={120} autoFocus />
        <TextInput label={t('signIn.email')} type="email" autoComplete="username" required value={email} onChange={(event) => setEmail(event.currentTarget.value)} />
        <PasswordInput label={t('signIn.password')} description={t('signUp.password.help')} autoComplete="new-password" required minLength={10} maxLength={200} visibilityToggleButtonProps={{ 'aria-label': t('password.show') }} value={password} onChange={(event) => setPassword(event.currentTarget.value)} />
        {fault && <Alarm>{fault}</Alarm>}
        <Button type="submit" loading={busy}>{t('signUp.button')}</Button>
      </Stack>
    </form>
  );
};
