/** @jsxImportSource preact */
import { inLocale } from '../../../../lib/vocabulary';
import { CANNOT_JUDGE, OPEN, type OpenResponse } from '../../answer-contract';
import { useSpeech } from './messages';
import { keyLabel, pointsOf } from './parts';

/** `step`: moved by arrow key, may move on; `point`: tapped or clicked; `key`: typed, the answer is meant. */
type How = 'step' | 'point' | 'key';

type Props = {
  /** Names its elements on the page. */
  position: number;
  text: string;
  scale: OpenResponse['scale'];
  value: number;
  choose: (value: number, how: How) => void;
  /** On to the next statement. */
  next: () => void;
};

/** What a pressed key means on a scale: a choice, to take the answer back, to go on, or nothing of ours. */
const meaningOf = (pressed: string, value: number, scale: OpenResponse['scale']): { value: number; how: How } | 'next' | undefined => {
  const points = pointsOf(scale);
  const typed = /^\d$/.test(pressed) ? Number(pressed) - scale.min + 1 : 0;
  if (typed >= 1 && typed <= points) return { value: typed, how: 'key' };
  if (pressed === '0' && scale.max === 10) return { value: points, how: 'key' };
  if (pressed === 'Delete' || pressed === 'Backspace') return { value: OPEN, how: 'step' };
  if (pressed === 'Enter' && value !== OPEN) return 'next';
  const order = [...Array.from({ length: points }, (_, at) => at + 1), CANNOT_JUDGE];
  const at = order.indexOf(value);
  const moved =
    pressed === 'ArrowRight' || pressed === 'ArrowDown' ? (at + 1) % order.length
    : pressed === 'ArrowLeft' || pressed === 'ArrowUp' ? (Math.max(at, 0) + order.length - 1) % order.length
    : pressed === 'Home' ? 0
    : pressed === 'End' ? points - 1
    : -1;
  return moved < 0 ? undefined : { value: order[moved] ?? OPEN, how: 'step' };
};

/** One statement and its keys: a radio group in which number keys answer. */
export const Statement = ({ position, text, scale, value, choose, next }: Props) => {
  const { t, locale } = useSpeech();
  const points = pointsOf(scale);
  const ends: Record<number, string> = { 1: inLocale(scale.low, locale), [points]: inLocale(scale.high, locale) };

  const onKeyDown = (event: KeyboardEvent & { currentTarget: HTMLElement }) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const meaning = meaningOf(event.key, value, scale);
    if (!meaning) return;
    event.preventDefault();
    if (meaning === 'next') return next();
    choose(meaning.value, meaning.how);
    const focus = meaning.value === OPEN ? 1 : meaning.value;
    if (meaning.how === 'step') event.currentTarget.querySelector<HTMLElement>(`[data-place="${focus}"]`)?.focus();
  };

  const key = (place: number, label: string, className: string) => (
    <button
      key={place}
      type="button"
      role="radio"
      class={className}
      data-place={place}
      aria-checked={value === place}
      aria-label={ends[place] && `${label}: ${ends[place]}`}
      tabIndex={value === place || (value === OPEN && place === 1) ? 0 : -1}
      onClick={() => choose(place, 'point')}
    >
      {label}
    </button>
  );

  return (
    <section class="statement" id={`s-${position}`}>
      <p id={`t-${position}`} class="text">{text}</p>
      <div role="radiogroup" aria-labelledby={`stem t-${position}`} onKeyDown={onKeyDown}>
        <div class={points > 8 ? 'keys many' : 'keys'} style={{ '--points': points }}>
          {Array.from({ length: points }, (_, at) => key(at + 1, keyLabel(scale, at + 1), 'key'))}
        </div>
        <div class={points > 8 ? 'ends many' : 'ends'} style={{ '--points': points }} aria-hidden="true">
          <span data-key={keyLabel(scale, 1)}>{ends[1]}</span>
          <span data-key={keyLabel(scale, points)}>{ends[points]}</span>
        </div>
        {key(CANNOT_JUDGE, t('key.cannotJudge'), 'cannot')}
      </div>
    </section>
  );
};
