import { Textarea } from '@mantine/core';
import { useState, type KeyboardEvent } from 'react';
import type { Channel, Step } from '../domain/agenda';
import type { SentOperation } from '../live-contract';
import css from './huddle.module.css';
import { newId } from './live/new-id';
import type { Session } from './live/use-live';
import { Notes } from './notes';
import { Waiting } from './saved';
import { t } from './text';

const MARK = '*';

/** Lines as somebody types or pastes them: one note each; a star marks one of the team's three. */
export const notesIn = (text: string): { text: string; top: boolean }[] =>
  text.split('\n').map((line) => line.trim()).filter((line) => line.replace(MARK, '').trim() !== '').map((line) => (line.startsWith(MARK) ? { text: line.slice(1).trim(), top: true } : { text: line, top: false }));

const onward = (event: KeyboardEvent<HTMLTextAreaElement>): void => {
  const fields = [...document.querySelectorAll<HTMLElement>('[data-entry] textarea:not([aria-hidden]), [data-entry] input')];
  fields[fields.indexOf(event.currentTarget) + (event.shiftKey ? -1 : 1)]?.focus();
};

/** One heading of a sheet, typed in without leaving the keys: Enter keeps a line, an empty one goes on to the next heading. */
export const Entry = ({ session, step, channel, marks }: { session: Session; step: Step; channel: Channel; marks: boolean }) => {
  const [text, setText] = useState('');
  const [fault, setFault] = useState(false);
  const notes = session.view.notes.filter((note) => note.step === step.id && note.channel === channel && session.own.has(note.id));
  const keep = (): void => {
    const found = notesIn(text);
    if (channel === 'question' && found.some((line) => !line.text.endsWith('?'))) return setFault(true);
    session.act(...found.flatMap((line): SentOperation[] => {
      const note = newId();
      return [{ kind: 'note', note, step: step.id, channel, text: line.text.slice(0, 1_000), about: null, paper: true }, ...(marks && line.top ? [{ kind: 'top' as const, note, top: true }] : [])];
    }));
    setText('');
  };
  return (
    <div className={css.entry} data-entry>
      <h4>{t(`channel.${channel}`)}</h4>
      <Notes session={session} notes={notes} may={{ own: session.own, top: marks }} />
      <Waiting session={session} step={step.id} channel={channel} />
      <Textarea
        aria-label={t(`channel.${channel}`)} error={fault ? t('write.question') : undefined} autosize minRows={1} maxRows={8} maxLength={10_000} value={text}
        onChange={(event) => { setFault(false); setText(event.currentTarget.value); }} onBlur={() => { if (text.trim()) keep(); }}
        onKeyDown={(event) => { if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return; event.preventDefault(); if (text.trim()) keep(); else onward(event); }}
      />
    </div>
  );
};
