/** @jsxImportSource preact */
import { useSpeech } from './messages';

type Props = { back: () => void; forward?: () => void; forwardText?: string; open?: number; toOpen?: () => void };

/** Back · how many are open · on. Statements may be left open, so nothing here ever refuses. */
export const BottomBar = ({ back, forward, forwardText, open = 0, toOpen }: Props) => {
  const { t } = useSpeech();
  return (
    <nav class="bar">
      <div class="column">
        <button onClick={back}>{t('bar.back')}</button>
        {toOpen && (
          <span class="open">
            {open > 0 ? (
              <button class="plain" onClick={toOpen}>
                <span aria-hidden="true">{t('bar.open', { open })}</span>
                <span class="unseen">{t('bar.openHelp', { open })}</span>
              </button>
            ) : (
              t('bar.open', { open })
            )}
          </span>
        )}
        {forward && <button class="primary" onClick={forward}>{forwardText}</button>}
      </div>
    </nav>
  );
};
