import { ActionIcon, Button, Textarea } from '@mantine/core';
import { IconArrowBackUp, IconEyeOff, IconPencil, IconX } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { createContext, useContext, useState, type ReactNode } from 'react';
import { say, sayFault } from '../../../ui/notify';
import type { SentOperation } from '../live-contract';
import { huddleCalls, huddleClient, type Record_ } from './calls';
import css from './huddle.module.css';
import { actOnce } from './live/act-once';
import { newId } from './live/new-id';
import { t } from './text';

/** Whether it is saved; why not has been said. */
type Amend = (operation: SentOperation) => Promise<boolean>;
const AmendContext = createContext<Amend | null>(null);
export const Amending = ({ value, children }: { value: Amend | null; children: ReactNode }) => <AmendContext value={value}>{children}</AmendContext>;
export const useAmending = (): Amend | null => useContext(AmendContext);

/** Changes the record of a Huddle that has ended, and reads it again. */
export const useAmend = (workspace: string, huddle: string): Amend => {
  const queries = useQueryClient();
  const change = useMutation({
    mutationFn: async (operation: SentOperation) => {
      const { pass } = await huddleClient.enter({ workspace, id: huddle, as: 'facilitator' });
      const refusal = await actOnce(pass, operation);
      if (refusal !== null) say(t(`refused.${refusal as 'not_now'}`));
      await queries.invalidateQueries({ queryKey: huddleCalls.key() });
      return refusal === null;
    },
    onError: sayFault,
  });
  return (operation) => change.mutateAsync(operation).catch(() => false);
};

/** A field with its old text; an empty one is not taken, and what could not be saved stays in it. */
const Field = ({ label, text, save, close, most = 1_000 }: { label: string; text: string; save: (text: string) => Promise<boolean>; close: () => void; most?: number }) => {
  const [words, setWords] = useState(text);
  const [busy, setBusy] = useState(false);
  const submit = async () => { setBusy(true); const saved = await save(words.trim()); setBusy(false); if (saved) close(); };
  return (
    <form className={css.amend} onSubmit={(event) => { event.preventDefault(); if (words.trim()) void submit(); }}>
      <Textarea aria-label={label} autosize minRows={1} maxRows={8} maxLength={most} value={words} autoFocus onChange={(event) => setWords(event.currentTarget.value)} onKeyDown={(event) => { if (event.key === 'Escape') close(); if (event.key === 'Enter' && !event.shiftKey && !event.nativeEvent.isComposing) { event.preventDefault(); event.currentTarget.form?.requestSubmit(); } }} />
      <Button type="submit" variant="default" loading={busy} disabled={words.trim() === ''}>{t('save')}</Button>
    </form>
  );
};

const Small = ({ label, onClick, children }: { label: string; onClick: () => void; children: ReactNode }) => <ActionIcon variant="subtle" size={28} aria-label={label} title={label} onClick={onClick}>{children}</ActionIcon>;

type Words = Record_['steps'][number]['notes'][number]['under'][number];

/** A text of the record; while it is put right, with what can be done to it. The name of a group is none of its notes' words and stays. */
export const Said = ({ note, strong = false, named = false }: { note: Words; strong?: boolean; named?: boolean }) => {
  const amend = useAmending();
  const [open, setOpen] = useState(false);
  if (amend && open) return <Field label={t('record.correct')} text={note.text} close={() => setOpen(false)} save={async (text) => text === note.text || amend({ kind: 'correct', note: note.id, text: text === note.original ? null : text })} />;
  return (
    <span className={css.said}>
      <span>{strong ? <strong>{note.text}</strong> : note.text}{note.original !== null && <span className="meta"> {t('record.original', { text: note.original })}</span>}</span>
      {amend && !named && (
        <span className={`${css.saidActs} no-print`}>
          <Small label={t('record.correct')} onClick={() => setOpen(true)}><IconPencil size={14} /></Small>
          {note.original !== null && <Small label={t('record.restore')} onClick={() => void amend({ kind: 'correct', note: note.id, text: null }).then((saved) => saved && say(t('record.restored')))}><IconArrowBackUp size={14} /></Small>}
          <Small label={t('record.hideIt')} onClick={() => void amend({ kind: 'hide', note: note.id, hidden: true }).then((saved) => saved && say(t('record.hidden'), () => amend({ kind: 'hide', note: note.id, hidden: false })))}><IconEyeOff size={14} /></Small>
        </span>
      )}
    </span>
  );
};

/** What whoever leads adds to a step, or to the whole. */
export const Remarks = ({ remarks, step, label }: { remarks: Record_['remarks']; step: string | null; label: string }) => {
  const amend = useAmending();
  const [open, setOpen] = useState<string | null>(null);
  const put = (remark: string, text: string, removed = false) => amend?.({ kind: 'remark', remark, step, text, removed }) ?? Promise.resolve(false);
  const known = remarks.find(({ id }) => id === open);
  return (
    <>
      {remarks.map(({ id, text }) => (
        <p key={id} className={css.remark} data-user-text>
          <span>{text}</span>
          {amend && <span className={`${css.saidActs} no-print`}><Small label={t('edit')} onClick={() => setOpen(id)}><IconPencil size={14} /></Small><Small label={t('remove')} onClick={() => void put(id, text, true).then((saved) => saved && say(t('record.remarkRemoved'), () => put(id, text)))}><IconX size={14} /></Small></span>}
        </p>
      ))}
      {amend && (open === null ? <Button size="compact-sm" variant="default" className="no-print" style={{ alignSelf: 'flex-start' }} aria-label={label} onClick={() => setOpen('')}>{t('record.remark')}</Button> : <Field key={open} label={label} text={known?.text ?? ''} most={2_000} close={() => setOpen(null)} save={(text) => put(known?.id ?? newId(), text)} />)}
    </>
  );
};
