import { Button, PasswordInput, Stack, TextInput } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { createFileRoute, Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { workspaceCalls } from '../../features/workspace/web/public';
import { signIn, signInWithProvider } from '../../browser/session';
import { Entry } from '../web/entry';
import { t } from '../web/text';

export const Route = createFileRoute('/sign-in')({ component: SignIn });

function SignIn() {
  const navigate = useNavigate();
  const queries = useQueryClient();
  const setup = useQuery(workspaceCalls.setup.queryOptions());
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [state, setState] = useState<'idle' | 'busy' | 'failed'>('idle');
  const submit = async () => {
    setState('busy');
    const outcome = await signIn(email, password).catch(() => ({ ok: false as const }));
    if (!outcome.ok) return setState('failed');
    await queries.invalidateQueries();
    const back = new URLSearchParams(location.search).get('to');
    await (back?.startsWith('/') && !back.startsWith('//') ? navigate({ href: back }) : navigate({ to: '/' }));
  };
  return (
    <Entry title={t('signIn.title')}>
      <form onSubmit={(event) => { event.preventDefault(); void submit(); }}>
        <Stack gap="md">
          <h2 className="title">{t('signIn.title')}</h2>
          <TextInput label={t('signIn.email')} type="email" autoComplete="username" required value={email} onChange={(event) => setEmail(event.currentTarget.value)} autoFocus />
          <PasswordInput label={t('signIn.password')} autoComplete="current-password" required value={password} onChange={(event) => setPassword(event.currentTarget.value)} />
          {state === 'failed' && <div role="alert">{t('signIn.failed')}</div>}
          <Button type="submit" loading={state === 'busy'}>{t('signIn.button')}</Button>
          {setup.data?.oidcLabel && <Button variant="default" onClick={() => void signInWithProvider('/')}>{t('signIn.provider', { label: setup.data.oidcLabel })}</Button>}
          <Link to="/forgotten">{t('signIn.forgotten')}</Link>
        </Stack>
      </form>
    </Entry>
  );
}
