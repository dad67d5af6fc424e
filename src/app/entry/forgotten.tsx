/** @jsxImportSource preact */
import { useState } from 'preact/hooks';
import { askForReset } from '../../browser/session';
import { signInFault } from '../web/auth-faults';
import css from '../web/entry.module.css';
import { t } from '../web/text';
import { Action, Form, TextField } from './fields';
import { Alarm, Entry } from './frame';
import { useSetup } from './setup';

export const Forgotten = () => {
  const setup = useSetup();
  const [email, setEmail] = useState('');
  const [sent, setSent] = useState(false);
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState('');
  const submit = async () => {
    setBusy(true);
    setFault('');
    const outcome = await askForReset(email.trim());
    setBusy(false);
    // Whether the address has an account is not told; only that nothing was asked at all.
    if (!outcome.ok && (outcome.status === 0 || outcome.status === 429 || outcome.status >= 500)) setFault(signInFault(outcome));
    else setSent(true);
  };
  return (
    <Entry title={t('forgotten.title')}>
      <h2 class="title">{t('forgotten.title')}</h2>
      {setup && !setup.mail ? (
        <><p style={{ margin: 0 }}>{t('forgotten.noMail')}</p><code class={css.command}>{t('forgotten.command')}</code></>
      ) : (
        <Form onSubmit={submit}>
          <p>{t('forgotten.text')}</p>
          <TextField label={t('signIn.email')} type="email" autoComplete="username" value={email} onValue={setEmail} />
          {fault && <Alarm>{fault}</Alarm>}
          <Action busy={busy}>{t('forgotten.button')}</Action>
          {sent && <div role="status">{t('forgotten.sent')}</div>}
        </Form>
      )}
      <a href="/sign-in" class="meta">{t('forgotten.back')}</a>
    </Entry>
  );
};
