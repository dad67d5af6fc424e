/** @jsxImportSource preact */
import { useState } from 'preact/hooks';
import { useSpeech } from './messages';
import type { Session, SessionView } from './session';

/** Deletes after asking once, and names what is lost. */
export const DeleteHere = ({ session, view }: { session: Session; view: SessionView }) => {
  const { t } = useSpeech();
  const [asking, setAsking] = useState(false);
  const { received, ballot } = view.kept;
  if (!asking) return <p><button class="plain" onClick={() => setAsking(true)}>{t('done.delete')}</button></p>;
  return (
    <div class="warning" role="group" aria-label={t('done.delete')}>
      <p>{t(received ? 'done.deleteAsk' : 'done.deleteAskUnsent')} {!received && ballot && t('done.deleteAskBallot')}</p>
      <div class="actions">
        <button onClick={() => session.forget()}>{t('done.deleteYes')}</button>
        <button onClick={() => setAsking(false)}>{t('done.deleteNo')}</button>
      </div>
    </div>
  );
};
