/** @jsxImportSource preact */
import { useState } from 'preact/hooks';
import { innerAddress } from '../../browser/inner-address';
import { signIn, signInWithProvider } from '../../browser/session';
import { providerFault, returnedFault, signInFault } from '../web/auth-faults';
import { t } from '../web/text';
import { Action, Form, PasswordField, TextField } from './fields';
import { Alarm, Entry } from './frame';
import { useSetup } from './setup';

export const SignIn = () => {
  const setup = useSetup();
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [busy, setBusy] = useState(false);
  const asked = new URLSearchParams(location.search);
  const to = innerAddress(asked.get('to'), location.origin) ?? '/';
  const [fault, setFault] = useState(() => returnedFault(asked.get('error')));
  const leave = async () => {
    setFault('');
    const outcome = await signInWithProvider(to, to === '/' ? '/sign-in' : `/sign-in?${new URLSearchParams({ to }).toString()}`);
    if (!outcome.ok) setFault(providerFault(outcome));
  };
  const submit = async () => {
    setBusy(true);
    setFault('');
    const outcome = await signIn(email.trim(), password);
    if (outcome.ok) return location.assign(to);
    setBusy(false);
    setFault(signInFault(outcome));
  };
  return (
    <Entry title={t('signIn.title')}>
      <Form onSubmit={submit}>
        <h2 class="title">{t('signIn.title')}</h2>
        <TextField label={t('signIn.email')} type="email" autoComplete="username" value={email} onValue={setEmail} takesFocus />
        <PasswordField label={t('signIn.password')} autoComplete="current-password" value={password} onValue={setPassword} />
        {fault && <Alarm>{fault}</Alarm>}
        <Action busy={busy}>{t('signIn.button')}</Action>
        {setup?.oidcLabel && <Action quiet onClick={() => void leave()}>{t('signIn.provider', { label: setup.oidcLabel })}</Action>}
        <a href="/forgotten" class="meta">{t('signIn.forgotten')}</a>
        {setup?.firstAccount && <span class="meta">{t('signIn.none')} <a href="/sign-up">{t('signUp.title')}</a></span>}
      </Form>
    </Entry>
  );
};
