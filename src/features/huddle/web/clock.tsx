import type { HeadView } from './live/views';
import { useNow } from './live/use-live';
import { clockFace, t } from './text';
import css from './huddle.module.css';

/** Milliseconds left by the server's deadline; null where no time runs. */
export const leftOf = (head: HeadView, now: number): number | null => (head.clock === null ? null : 'left' in head.clock ? head.clock.left : head.clock.endsAt - now);

export const Clock = ({ head, ahead, size = 'figure' }: { head: HeadView; ahead: number; size?: 'figure' | 'lead' | 'wall' }) => {
  const left = leftOf(head, useNow(ahead));
  if (left === null) return null;
  const paused = head.clock !== null && 'left' in head.clock;
  return (
    <span className={size === 'wall' ? css.wallClock : size} data-last={!paused && left < 60_000 ? true : undefined} role="timer" aria-label={t(paused ? 'clock.paused' : left < 0 ? 'clock.over' : 'clock.left', { time: clockFace(left) })} style={{ fontVariantNumeric: 'tabular-nums' }}>
      {clockFace(left)}{paused ? ` ${t('clock.pausedMark')}` : ''}
    </span>
  );
};
