import css from './huddle.module.css';
import type { Session } from './live/use-live';
import { Notes } from './notes';
import { t } from './text';

/** What each room wrote, side by side, to ask about. */
export const Perspectives = ({ session }: { session: Session }) => {
  const { head, notes } = session.view;
  const forum = new Set((head?.steps ?? []).filter(({ kind }) => kind === 'forum').map(({ id }) => id));
  return (
    <div className={css.sides}>
      {(['sales', 'marketing'] as const).map((room) => <div key={room}><h2 className="lead" data-room={room}>{t(`fn.${room}`)}</h2><Notes session={session} notes={notes.filter((note) => forum.has(note.step) && note.room === room)} may={{ hide: session.seat?.role === 'facilitator' }} empty={t('notes.none')} /></div>)}
    </div>
  );
};
