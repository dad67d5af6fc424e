import { Button, Modal, PasswordInput, Stack, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useState } from 'react';
import { whenSessionEnds } from '../../browser/query';
import { signedInAs, signIn } from '../../browser/session';
import { signInFault } from './auth-faults';
import { t } from './text';

/** Asks for the password again on top of the page, so that nothing typed there is lost; whoever has none, or more than one, signs in in another tab and comes back. */
export const SessionEnded = ({ email }: { email: string }) => {
  const queries = useQueryClient();
  const [ended, setEnded] = useState(false);
  const [password, setPassword] = useState('');
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState('');
  useEffect(() => {
    whenSessionEnds(() => setEnded(true));
    return () => whenSessionEnds(() => undefined);
  }, []);
  const again = useCallback(async () => {
    setPassword('');
    setFault('');
    setEnded(false);
    await queries.invalidateQueries();
  }, [queries]);
  useEffect(() => {
    if (!ended) return;
    const look = () => void signedInAs().then((who) => (who === email ? again() : undefined));
    addEventListener('focus', look);
    return () => removeEventListener('focus', look);
  }, [ended, email, again]);
  const submit = async () => {
    setBusy(true);
    const outcome = await signIn(email, password);
    setBusy(false);
    if (!outcome.ok) return setFault(signInFault(outcome));
    await again();
  };
  return (
    <Modal opened={ended} onClose={() => undefined} withCloseButton={false} closeOnEscape={false} closeOnClickOutside={false} title={t('session.title')}>
      <form onSubmit={(event) => { event.preventDefault(); void submit(); }}>
        <Stack gap="md">
          <p style={{ margin: 0 }}>{t('session.text')}</p>
          <TextInput label={t('signIn.email')} type="email" autoComplete="username" value={email} readOnly />
          <PasswordInput label={t('signIn.password')} autoComplete="current-password" required value={password} onChange={(event) => setPassword(event.currentTarget.value)} visibilityToggleButtonProps={{ 'aria-label': t('password.show') }} data-autofocus />
          {fault && <div role="alert">{fault}</div>}
          <Button type="submit" loading={busy}>{t('signIn.button')}</Button>
          <a href="/sign-in" target="_blank" rel="noopener">{t('session.otherWay')}</a>
          <a href="/sign-in">{t('session.other')}</a>
        </Stack>
      </form>
    </Modal>
  );
};
