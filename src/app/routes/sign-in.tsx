import { Button, PasswordInput, Stack, TextInput } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { createFileRoute, Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { workspaceCalls } from '../../features/workspace/web/public';
import { innerAddress } from '../../browser/inner-address';
import { signIn, signInWithProvider } from '../../browser/session';
import { signInFault } from '../web/auth-faults';
import { Alarm, Entry } from '../web/entry';
import { t } from '../web/text';

export const Route = createFileRoute('/sign-in')({ component: SignIn });

function SignIn() {
  const navigate = useNavigate();
  const queries = useQueryClient();
  const setup = useQuery(workspaceCalls.setup.queryOptions());
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState('');
  const submit = async () => {
    setBusy(true);
    setFault('');
    const outcome = await signIn(email.trim(), password);
    setBusy(false);
    if (!outcome.ok) return setFault(signInFault(outcome));
    await queries.invalidateQueries();
    const back = innerAddress(new URLSearchParams(location.search).get('to'), location.origin);
    await (back ? navigate({ href: back }) : navigate({ to: '/' }));
  };
  return (
    <Entry title={t('signIn.title')}>
      <form onSubmit={(event) => { event.preventDefault(); void submit(); }}>
        <Stack gap="md">
          <h2 className="title">{t('signIn.title')}</h2>
          <TextInput label={t('signIn.email')} type="email" autoComplete="username" required value={email} onChange={(event) => setEmail(event.currentTarget.value)} autoFocus />
          <PasswordInput label={t('signIn.password')} autoComplete="current-password" required value={password} onChange={(event) => setPassword(event.currentTarget.value)} visibilityToggleButtonProps={{ 'aria-label': t('password.show') }} />
          {fault && <Alarm>{fault}</Alarm>}
          <Button type="submit" loading={busy}>{t('signIn.button')}</Button>
          {setup.data?.oidcLabel && <Button variant="default" onClick={() => void signInWithProvider('/')}>{t('signIn.provider', { label: setup.data.oidcLabel })}</Button>}
          <Link to="/forgotten" className="meta">{t('signIn.forgotten')}</Link>
          {setup.data?.firstAccount && <span className="meta">{t('signIn.none')} <Link to="/sign-up">{t('signUp.title')}</Link></span>}
        </Stack>
      </form>
    </Entry>
  );
}
