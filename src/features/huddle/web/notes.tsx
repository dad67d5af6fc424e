import { ActionIcon, Button, TextInput } from '@mantine/core';
import { IconArrowsMove, IconEye, IconEyeOff, IconFlag, IconFlagFilled, IconPencil, IconX } from '@tabler/icons-react';
import { createContext, useContext, useRef, useState, type ReactNode } from 'react';
import { FunctionShape } from '../../../ui/function-mark';
import { say } from '../../../ui/notify';
import { grouped } from '../domain/groups';
import type { SentOperation } from '../live-contract';
import css from './huddle.module.css';
import type { NoteView } from './live/views';
import type { Session } from './live/use-live';
import { t } from './text';

/** A note that was picked up waits to be put onto another: the same by finger, mouse and keyboard. */
type Hand = { held: string | null; hold(note: string | null): void };
const HandContext = createContext<Hand>({ held: null, hold: () => undefined });

export const Sorting = ({ children }: { children: ReactNode }) => {
  const [held, hold] = useState<string | null>(null);
  return <HandContext value={{ held, hold }}><div className={css.stack} onKeyDown={(event) => { if (event.key === 'Escape') hold(null); }}>{children}</div></HandContext>;
};

export type May = { group?: boolean; top?: boolean; hide?: boolean; own?: ReadonlySet<string> };

const useMoves = (session: Session, notes: readonly NoteView[]) => {
  const { held, hold } = useContext(HandContext);
  const groupWith = (note: string, other: string | null): void => {
    const before = notes.find(({ id }) => id === note)?.group ?? null;
    const back: SentOperation = { kind: 'group', note, with: before === note ? null : before };
    session.act({ kind: 'group', note, with: other });
    say(other === null ? t('group.left') : t('group.joined'), async () => session.act(back));
    hold(null);
  };
  return { held, hold, groupWith };
};

export const Notes = ({ session, notes, may = {}, extra, empty }: { session: Session; notes: readonly NoteView[]; may?: May; /** Stands in each head's card. */ extra?: (note: NoteView) => ReactNode; empty?: string }) => {
  const moves = useMoves(session, notes);
  if (notes.length === 0) return empty ? <p className="meta">{empty}</p> : null;
  return (
    <ul className={css.notes}>
      {grouped(notes).map(({ head, under }) => (
        <li key={head.id} className={css.note} data-hidden={head.hidden || undefined} data-held={moves.held === head.id || undefined}>
          <Card session={session} note={head} may={may} moves={moves} hasGroup={under.length > 0} />
          {under.length > 0 && <ul className={css.under}>{under.map((note) => <li key={note.id}><Card session={session} note={note} may={may} moves={moves} /></li>)}</ul>}
          {extra?.(head)}
        </li>
      ))}
    </ul>
  );
};

type CardProps = { session: Session; note: NoteView; may: May; moves: ReturnType<typeof useMoves>; hasGroup?: boolean };

const Card = ({ session, note, may, moves, hasGroup = false }: CardProps) => {
  const [editing, setEditing] = useState<'text' | 'name' | null>(null);
  const acts = useRef<HTMLDivElement>(null);
  if (editing) return <Edit session={session} note={note} what={editing} done={() => setEditing(null)} />;
  const others = moves.held !== null && moves.held !== note.id;
  const mine = may.own?.has(note.id) ?? false;
  const putHere = () => {
    moves.groupWith(moves.held ?? '', note.id);
    // The button pressed goes with what was held; who works by keyboard goes on here, not at the top of the page.
    requestAnimationFrame(() => acts.current?.querySelector('button')?.focus());
  };
  const from = [note.author, note.late ? t('note.late') : null, note.hidden ? t('note.hidden') : null].filter(Boolean).join(' · ');
  return (
    <div className={css.card}>
      <div className={css.cardText} data-user-text>
        {hasGroup && note.groupName && <strong>{note.groupName}</strong>}
        <span>{note.room && <><FunctionShape fn={note.room} /> </>}{note.text}</span>
        {from && <span className="meta">{from}</span>}
      </div>
      <div ref={acts} className={`${css.cardActs} no-print`}>
        {may.group && others && <Button size="compact-sm" onClick={putHere}>{t('group.here')}</Button>}
        {may.group && !others && <Act label={moves.held === note.id ? t('group.putDown') : t('group.pick')} onClick={() => moves.hold(moves.held === note.id ? null : note.id)}><IconArrowsMove size={16} /></Act>}
        {may.group && note.group !== null && note.group !== note.id && <Act label={t('group.leave')} onClick={() => moves.groupWith(note.id, null)}><IconX size={16} /></Act>}
        {may.group && hasGroup && <Act label={t('group.name')} onClick={() => setEditing('name')}><IconPencil size={16} /></Act>}
        {may.top && <Act label={note.top ? t('top.off') : t('top.on')} pressed={note.top} onClick={() => session.act({ kind: 'top', note: note.id, top: !note.top })}>{note.top ? <IconFlagFilled size={16} /> : <IconFlag size={16} />}</Act>}
        {may.hide && <Act label={note.hidden ? t('note.show') : t('note.hide')} onClick={() => session.act({ kind: 'hide', note: note.id, hidden: !note.hidden })}>{note.hidden ? <IconEye size={16} /> : <IconEyeOff size={16} />}</Act>}
        {mine && <Act label={t('note.edit')} onClick={() => setEditing('text')}><IconPencil size={16} /></Act>}
        {mine && <Act label={t('note.remove')} onClick={() => { session.act({ kind: 'remove', note: note.id, removed: true }); say(t('note.removed'), async () => session.act({ kind: 'remove', note: note.id, removed: false })); }}><IconX size={16} /></Act>}
      </div>
    </div>
  );
};

const Act = ({ label, onClick, pressed, children }: { label: string; onClick: () => void; pressed?: boolean; children: ReactNode }) => (
  <ActionIcon variant="subtle" size={32} aria-label={label} title={label} aria-pressed={pressed} onClick={onClick}>{children}</ActionIcon>
);

const Edit = ({ session, note, what, done }: { session: Session; note: NoteView; what: 'text' | 'name'; done: () => void }) => {
  const [text, setText] = useState(what === 'text' ? note.text : note.groupName);
  const save = () => {
    if (what === 'name') session.act({ kind: 'name', note: note.id, text });
    else if (text.trim() !== '') session.act({ kind: 'write', note: note.id, text });
    done();
  };
  return (
    <form className={css.row} onSubmit={(event) => { event.preventDefault(); save(); }}>
      <TextInput aria-label={what === 'name' ? t('group.name') : t('note.edit')} value={text} maxLength={what === 'name' ? 200 : 1_000} autoFocus style={{ flex: 1 }} onChange={(event) => setText(event.currentTarget.value)} />
      <Button type="submit" variant="default">{t('save')}</Button>
    </form>
  );
};
