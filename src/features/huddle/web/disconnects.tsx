import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { say } from '../../../ui/notify';
import { MOST_DISCONNECTS } from '../domain/check';
import css from './huddle.module.css';
import { newId } from './live/new-id';
import type { NoteView } from './live/views';
import type { Session } from './live/use-live';
import { t } from './text';
import { ranked } from './votes';

const PROPOSED = 8;

/** The teams' top three and the votes merged to five or six; what is proposed is only taken when somebody takes it. */
export const Disconnects = ({ session, notes, tally }: { session: Session; notes: readonly NoteView[]; tally: Readonly<Record<string, number>> }) => {
  const [text, setText] = useState('');
  const { disconnects } = session.view;
  const full = disconnects.length >= MOST_DISCONNECTS;
  const taken = new Set(disconnects.flatMap(({ from }) => from));
  const proposed = ranked(notes.filter(({ hidden }) => !hidden), tally).filter(({ note, votes }) => (votes > 0 || note.top) && !taken.has(note.id)).slice(0, PROPOSED);
  const add = (words: string, from: string[]) => session.act({ kind: 'disconnect', disconnect: newId(), text: words, from, removed: false });
  return (
    <section className={css.part}>
      <h3>{t('disconnects.title', { count: disconnects.length })}</h3>
      <ol className={css.notes}>
        {disconnects.map((each) => (
          <li key={each.id} className={css.note}>
            <div className={css.card}>
              <div className={css.cardText} data-user-text><strong>{each.text}</strong></div>
              <Button size="compact-sm" variant="default" className="no-print" onClick={() => { session.act({ kind: 'disconnect', disconnect: each.id, text: each.text, from: each.from, removed: true }); say(t('disconnects.removed'), async () => session.act({ kind: 'disconnect', disconnect: each.id, text: each.text, from: each.from, removed: false })); }}>{t('remove')}</Button>
            </div>
          </li>
        ))}
      </ol>
      {full ? <p className="meta">{t('disconnects.full')}</p> : (
        <form className={`${css.row} no-print`} onSubmit={(event) => { event.preventDefault(); if (text.trim()) { add(text.trim(), []); setText(''); } }}>
          <TextInput aria-label={t('disconnects.add')} placeholder={t('disconnects.add')} value={text} maxLength={1_000} style={{ flex: 1 }} onChange={(event) => setText(event.currentTarget.value)} />
          <Button type="submit" variant="default" disabled={text.trim() === ''}>{t('write.add')}</Button>
        </form>
      )}
      {!full && proposed.length > 0 && (
        <ul className={`${css.notes} no-print`} aria-label={t('disconnects.proposed')}>
          {proposed.map(({ note, votes }) => (
            <li key={note.id} className={css.card}><span className={css.cardText} data-user-text>{note.groupName || note.text}<span className="meta">{t('disconnects.why', { votes, top: String(note.top) })}</span></span><Button size="compact-sm" variant="default" onClick={() => add(note.groupName || note.text, [note.id])}>{t('disconnects.take')}</Button></li>
          ))}
        </ul>
      )}
    </section>
  );
};
