import { ActionIcon } from '@mantine/core';
import { IconMinus, IconPlus } from '@tabler/icons-react';
import type { NoteView, RoundView } from './live/views';
import type { Session } from './live/use-live';
import css from './huddle.module.css';
import { grouped } from '../domain/groups';
import { t } from './text';

/** Placing and returning one's tokens on one target; what others placed is not known here before the round is closed. */
export const Tokens = ({ session, round, note }: { session: Session; round: RoundView; note: NoteView }) => {
  const placed = session.votes[`${round.step} ${round.nth}`] ?? [];
  const here = placed.filter((id) => id === note.id).length;
  const without = (): string[] => { const at = placed.indexOf(note.id); return placed.filter((_, index) => index !== at); };
  return (
    <div className={css.tokens} role="group" aria-label={t('vote.on', { text: note.text })}>
      <ActionIcon variant="default" size={44} disabled={here === 0} aria-label={t('vote.back')} onClick={() => session.act({ kind: 'vote', step: round.step, nth: round.nth, targets: without() })}><IconMinus size={18} /></ActionIcon>
      <span aria-live="polite" aria-label={t('vote.here', { count: here })}>{'●'.repeat(here) || '–'}</span>
      <ActionIcon variant="default" size={44} disabled={placed.length >= round.tokens} aria-label={t('vote.place')} onClick={() => session.act({ kind: 'vote', step: round.step, nth: round.nth, targets: [...placed, note.id] })}><IconPlus size={18} /></ActionIcon>
    </div>
  );
};

export const tokensLeft = (session: Session, round: RoundView): number => round.tokens - (session.votes[`${round.step} ${round.nth}`]?.length ?? 0);

/** Heads by the tokens on them and on what lies under them, once a round is closed, and by the dots counted on paper. */
export const ranked = (notes: readonly NoteView[], tally: Readonly<Record<string, number>>): { note: NoteView; votes: number }[] =>
  grouped(notes).map(({ head, under }) => ({ note: head, votes: [head, ...under].reduce((sum, { id, dots }) => sum + (tally[id] ?? 0) + dots, 0) })).toSorted((a, b) => b.votes - a.votes || a.note.seq - b.note.seq);
