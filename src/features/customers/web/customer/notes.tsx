import { Button, Group, Textarea } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { say, sayFault } from '../../../../ui/notify';
import { FaultLine } from '../../../../ui/page';
import { customersCalls, customersClient } from '../calls';
import { l } from '../linking/text';
import { useRight } from '../use-right';
import type { Note } from './moments';

const MOST = 4_000;

const useAgain = () => {
  const queries = useQueryClient();
  return () => queries.invalidateQueries({ queryKey: customersCalls.customer.key() });
};

/** What somebody types stays until it is kept. */
const Writing = ({ label, button, text, pending, error, onChange, onKeep, onCancel }: { label: string; button: string; text: string; pending: boolean; error: unknown; onChange: (text: string) => void; onKeep: () => void; onCancel?: () => void }) => (
  <form onSubmit={(event) => { event.preventDefault(); onKeep(); }} style={{ display: 'flex', flexDirection: 'column', gap: 8 }}>
    <Textarea aria-label={label} placeholder={label} value={text} onChange={(event) => onChange(event.currentTarget.value)} autosize minRows={2} maxRows={12} maxLength={MOST} />
    <FaultLine error={error} />
    <Group gap="sm">
      <Button type="submit" variant="default" loading={pending} disabled={text.trim() === ''}>{button}</Button>
      {onCancel && <Button variant="subtle" color="ink" onClick={onCancel}>{l('note.cancel')}</Button>}
    </Group>
  </form>
);

/** Something that no system knows, for both functions to read. */
export const WriteNote = ({ workspace, party }: { workspace: string; party: string }) => {
  const [text, setText] = useState('');
  const may = useRight(workspace, 'notes:write');
  const again = useAgain();
  const add = useMutation({
    mutationFn: () => customersClient.addNote({ workspace, id: party, text: text.trim() }),
    onSuccess: async ({ id }) => {
      setText('');
      await again();
      say(l('note.kept'), () => customersClient.changeNote({ workspace, id, removed: true }).then(again));
    },
  });
  return may ? <Writing label={l('note.write')} button={l('note.keep')} text={text} pending={add.isPending} error={add.error} onChange={setText} onKeep={() => add.mutate()} /> : null;
};

/** A note on the time line; its author can change it or take it away. */
export const OneNote = ({ workspace, note }: { workspace: string; note: Note }) => {
  const [text, setText] = useState<string | null>(null);
  const again = useAgain();
  const put = (change: { text?: string; removed?: boolean }) => customersClient.changeNote({ workspace, id: note.id, ...change }).then(again);
  const change = useMutation({
    mutationFn: (next: string) => put({ text: next }),
    onSuccess: () => {
      setText(null);
      say(l('note.changed'), () => put({ text: note.text }));
    },
  });
  const remove = useMutation({ mutationFn: () => put({ removed: true }), onSuccess: () => say(l('note.removed'), () => put({ removed: false })), onError: sayFault });
  if (text !== null) return <Writing label={l('note.change')} button={l('note.keep')} text={text} pending={change.isPending} error={change.error} onChange={setText} onKeep={() => change.mutate(text.trim())} onCancel={() => setText(null)} />;
  return (
    <>
      <div data-user-text style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere', maxWidth: '72ch' }}>{note.text}</div>
      {note.mine && (
        <Group gap="xs">
          <Button size="compact-sm" variant="subtle" color="ink" onClick={() => setText(note.text)}>{l('note.edit')}</Button>
          <Button size="compact-sm" variant="subtle" color="ink" loading={remove.isPending} onClick={() => remove.mutate()}>{l('note.remove')}</Button>
        </Group>
      )}
    </>
  );
};
