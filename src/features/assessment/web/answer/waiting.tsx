/** @jsxImportSource preact */
import { Heading } from './heading';
import { useSpeech } from './messages';
import type { Session, SessionView } from './session';

/** Between "send" and the server's word that everything arrived. Shows no answers: somebody else may be looking by now. */
export const Waiting = ({ session, view }: { session: Session; view: SessionView }) => {
  const { t } = useSpeech();
  if (view.sending === 'now' && view.online) return <main class="sheet"><Heading text={t('wait.sending')} /></main>;
  return (
    <main class="sheet">
      <Heading text={t('wait.title')} />
      <p role="status">{t('wait.body')}</p>
      <p>{t(session.kiosk ? 'wait.kiosk' : 'wait.stay')}</p>
      <div class="actions">
        <button class="primary" onClick={() => void session.send()}>{t(view.trying ? 'wait.sending' : 'wait.retry')}</button>
        <button onClick={() => session.stopWaiting()}>{t('wait.back')}</button>
      </div>
    </main>
  );
};
