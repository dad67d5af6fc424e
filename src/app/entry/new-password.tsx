/** @jsxImportSource preact */
import { useState } from 'preact/hooks';
import { setPassword as save } from '../../browser/session';
import { resetFault } from '../web/auth-faults';
import { t } from '../web/text';
import { Action, Form, PasswordField } from './fields';
import { Alarm, Entry } from './frame';

export const NewPassword = () => {
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
      <h2 class="title">{t('newPassword.title')}</h2>
      {done ? (
        <p role="status">{t('newPassword.done')} <a href="/sign-in">{t('signIn.title')}</a></p>
      ) : (
        <Form onSubmit={submit}>
          <PasswordField label={t('newPassword.password')} help={t('signUp.password.help')} autoComplete="new-password" minLength={10} maxLength={200} takesFocus value={password} onValue={setPassword} />
          {fault && <Alarm>{fault} <a href="/forgotten">{t('newPassword.again')}</a></Alarm>}
          <Action busy={busy}>{t('newPassword.button')}</Action>
        </Form>
      )}
    </Entry>
  );
};
