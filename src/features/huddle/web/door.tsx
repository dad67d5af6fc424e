import { Button, Select } from '@mantine/core';
import { FunctionShape } from '../../../ui/function-mark';
import { say } from '../../../ui/notify';
import css from './huddle.module.css';
import type { HeadView, SeatView } from './live/views';
import type { Session } from './live/use-live';
import { t } from './text';

const takeOut = (session: Session, seat: SeatView): void => {
  const { waiting: _, joined: __, ...kept } = seat;
  session.act({ kind: 'leave', seat: seat.id });
  say(t('door.out', { name: seat.name }), async () => session.act({ kind: 'seats', seats: [{ ...kept, role: 'participant', userId: null, joined: false, gone: false }] }));
};

const Name = ({ seat }: { seat: SeatView }) => <span data-user-text>{seat.function && <><FunctionShape fn={seat.function} /> </>}{seat.name}</span>;

/** Whoever came by the code and waits: made-up names of the other function are the one way into its room. */
export const Waiting = ({ session }: { session: Session }) => {
  const waiting = session.view.seats.filter((seat) => seat.waiting);
  if (waiting.length === 0) return null;
  return (
    <section className={`${css.banner} no-print`} aria-labelledby="waiting">
      <div className={css.stack}>
        <h2 id="waiting" className="lead">{t('door.waiting', { count: waiting.length })}</h2>
        <ul className={css.counts}>
          {waiting.map((seat) => (
            <li key={seat.id}><Name seat={seat} /><span className={css.row}><Button size="compact-sm" onClick={() => session.act({ kind: 'admit', seat: seat.id })}>{t('door.admit')}</Button><Button size="compact-sm" variant="default" onClick={() => takeOut(session, seat)}>{t('door.turnAway')}</Button></span></li>
          ))}
        </ul>
      </div>
    </section>
  );
};

/** Who is here, and whether the code alone lets people in. */
export const Door = ({ session, head }: { session: Session; head: HeadView }) => {
  const here = session.view.seats.filter(({ role, waiting }) => role === 'participant' && !waiting);
  return (
    <>
      <Select label={t('door.title')} description={t('door.text')} allowDeselect={false} value={String(head.asks)} data={[{ value: 'false', label: t('door.open') }, { value: 'true', label: t('door.asks') }]} onChange={(value) => session.act({ kind: 'door', asks: value === 'true' })} />
      {here.length > 0 && (
        <details>
          <summary>{t('door.here', { count: here.length })}</summary>
          <ul className={css.counts}>
            {here.map((seat) => <li key={seat.id}><Name seat={seat} /><span className="meta">{t(seat.joined ? 'door.joined' : 'door.invited')}</span><Button size="compact-sm" variant="default" aria-label={t('door.takeOutOf', { name: seat.name })} onClick={() => takeOut(session, seat)}>{t('door.takeOut')}</Button></li>)}
          </ul>
        </details>
      )}
    </>
  );
};
