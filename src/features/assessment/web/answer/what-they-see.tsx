/** @jsxImportSource preact */
import { inLocale } from '../../../../lib/vocabulary';
import { useSpeech } from './messages';
import type { Session } from './session';

/** What an administrator could and could not find out, in plain words; what cannot be prevented is said too. */
export const WhatTheySee = ({ session }: { session: Session }) => {
  const { t, locale } = useSpeech();
  const { leaf, minimum, comments } = session.opened;
  return (
    <details class="see">
      <summary>{t('see.title')}</summary>
      <div>
        <p>{t('see.counted', { leaf: inLocale(leaf.label, locale), invited: leaf.invited })}</p>
        <p>{t('see.open')}</p>
        <p>{t('see.watch')}</p>
        <p>{t('see.closed', { minimum })}</p>
        {comments && <p>{t('see.comments')}</p>}
        <p>{t('see.link')}</p>
        {!isSecureContext && <p><strong>{t('see.http')}</strong></p>}
      </div>
    </details>
  );
};
