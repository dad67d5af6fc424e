import { Button, Stack, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { createFileRoute, Link } from '@tanstack/react-router';
import { useState } from 'react';
import { workspaceCalls } from '../../features/workspace/web/public';
import { askForReset } from '../../browser/session';
import { signInFault } from '../web/auth-faults';
import { Alarm, Entry } from '../web/entry';
import css from '../web/entry.module.css';
import { t } from '../web/text';

export const Route = createFileRoute('/forgotten')({ component: Forgotten });

function Forgotten() {
  const setup = useQuery(workspaceCalls.setup.queryOptions());
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
      <h2 className="title">{t('forgotten.title')}</h2>
      {setup.data && !setup.data.mail ? (
        <><p style={{ margin: 0 }}>{t('forgotten.noMail')}</p><code className={css.command}>{t('forgotten.command')}</code></>
      ) : (
        <form onSubmit={(event) => { event.preventDefault(); void submit(); }}>
          <Stack gap="md">
            <p style={{ margin: 0 }}>{t('forgotten.text')}</p>
            <TextInput label={t('signIn.email')} type="email" autoComplete="username" required value={email} onChange={(event) => setEmail(event.currentTarget.value)} />
            {fault && <Alarm>{fault}</Alarm>}
            <Button type="submit" loading={busy}>{t('forgotten.button')}</Button>
            {sent && <div role="status">{t('forgotten.sent')}</div>}
          </Stack>
        </form>
      )}
      <Link to="/sign-in" className="meta">{t('forgotten.back')}</Link>
    </Entry>
  );
}
