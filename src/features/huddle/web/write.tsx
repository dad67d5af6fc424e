import { Button, Textarea } from '@mantine/core';
import { useState } from 'react';
import type { Channel } from '../domain/agenda';
import css from './huddle.module.css';
import { newId } from './live/new-id';
import type { Session } from './live/use-live';
import { t } from './text';

/** Text that is being typed survives a reload of the page. */
const useDraft = (key: string) => {
  const [text, setText] = useState(() => sessionStorage.getItem(key) ?? '');
  return [text, (next: string) => { setText(next); try { sessionStorage.setItem(key, next); } catch { /* kept while the page is open */ } }] as const;
};

/** One large field for one channel; Enter sends, shift and Enter makes a line. */
export const Write = ({ session, step, channel, about = null, label = t(`channel.${channel}`), help }: { session: Session; step: string; channel: Channel; about?: string | null; label?: string; help?: string }) => {
  const [text, setText] = useDraft(`huddle.draft.${step}.${channel}`);
  const question = channel === 'question' && text.trim() !== '' && !text.trim().endsWith('?');
  const send = () => {
    if (text.trim() === '' || question) return;
    session.act({ kind: 'note', note: newId(), step, channel, text: text.trim(), about });
    setText('');
  };
  return (
    <form className={css.write} onSubmit={(event) => { event.preventDefault(); send(); }}>
      <Textarea
        label={label} description={help} error={question ? t('write.question') : undefined} autosize minRows={2} maxRows={8} maxLength={1_000} value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => { if (event.key === 'Enter' && !event.shiftKey && !event.nativeEvent.isComposing) { event.preventDefault(); send(); } }}
      />
      <Button type="submit" disabled={text.trim() === '' || question}>{t('write.add')}</Button>
    </form>
  );
};
