/** @jsxImportSource preact */
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { useSpeech } from './messages';

const IDLE_S = 60;
/** At least twenty seconds to answer the warning (WCAG 2.2.1). */
const WARN_S = 20;

/** Seconds left until `done`, by the clock and not by counting ticks, since a device may sleep. `again` starts over. */
export const useCountdown = (seconds: number, done: () => void): { left: number; again: () => void } => {
  const end = useRef(Date.now() + seconds * 1000);
  const finished = useRef(done);
  finished.current = done;
  const [left, setLeft] = useState(seconds);
  useEffect(() => {
    const timer = setInterval(() => {
      const now = Math.max(0, Math.ceil((end.current - Date.now()) / 1000));
      setLeft(now);
      if (now > 0) return;
      clearInterval(timer);
      finished.current();
    }, 250);
    return () => clearInterval(timer);
  }, []);
  const again = useCallback(() => {
    end.current = Date.now() + seconds * 1000;
    setLeft(seconds);
  }, [seconds]);
  return { left, again };
};

/** On a shared device: after a minute without a touch or a key, everything is wiped; the last seconds are counted in sight. */
export const IdleWipe = ({ wipe }: { wipe: () => void }) => {
  const { t } = useSpeech();
  const { left, again } = useCountdown(IDLE_S, wipe);
  useEffect(() => {
    const signs = ['pointerdown', 'keydown', 'wheel', 'touchmove'] as const;
    for (const sign of signs) addEventListener(sign, again, { passive: true });
    return () => {
      for (const sign of signs) removeEventListener(sign, again);
    };
  }, [again]);
  if (left > WARN_S) return null;
  return (
    <div class="idle" role="alertdialog" aria-labelledby="idle-title">
      <p id="idle-title" role="alert"><strong>{t('idle.title')}</strong></p>
      <p>{t('idle.body', { seconds: left })}</p>
      <button class="primary" onClick={again}>{t('idle.stay')}</button>
    </div>
  );
};
