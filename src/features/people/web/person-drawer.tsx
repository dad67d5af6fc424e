import { Button, Drawer, Group, Stack } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { faultOf } from '../../../browser/rpc';
import { say } from '../../../ui/notify';
import { Answered, FaultLine } from '../../../ui/page';
import { peopleCalls, peopleClient, type Facets, type PersonView } from './calls';
import { draftOf, PersonFields, valuesOf, type Draft } from './person-fields';
import { t } from './text';
import { useChanged } from './use-changed';

type Props = { workspace: string; id: string | 'new' | null; facets: Facets; editor: boolean; onClose: () => void };

/** One person, to read and to change; "new" adds somebody. */
export const PersonDrawer = ({ workspace, id, facets, editor, onClose }: Props) => {
  const person = useQuery({ ...peopleCalls.read.queryOptions({ input: { workspace, id: id ?? '' } }), enabled: id !== null && id !== 'new' });
  const title = id === 'new' ? t('person.new') : person.data ? t('person.edit', { name: person.data.name }) : '';
  return (
    <Drawer opened={id !== null} onClose={onClose} title={title} size="min(420px, 100vw)">
      {id === 'new' && <Form workspace={workspace} person={null} facets={facets} editor={editor} onClose={onClose} onReload={() => undefined} />}
      {id !== null && id !== 'new' && (
        <Answered query={person}>
          {(data) => <Form key={data.version} workspace={workspace} person={data} facets={facets} editor={editor} onClose={onClose} onReload={() => void person.refetch()} />}
        </Answered>
      )}
    </Drawer>
  );
};

type FormProps = Omit<Props, 'id'> & { person: PersonView | null; onReload: () => void };

const Form = ({ workspace, person, facets, editor, onClose, onReload }: FormProps) => {
  const changed = useChanged(workspace);
  const [draft, setDraft] = useState<Draft>(() => draftOf(person));
  const finish = (text: string, undo?: (now: PersonView) => Promise<unknown>) => ({
    onSuccess: async (now: PersonView) => {
      await changed.reload();
      say(text, undo && (async () => {
        await undo(now);
        await changed.reload();
      }));
      onClose();
    },
  });
  // Refused when somebody changed the person since: their change is not lost to an undo.
  const putBack = (now: PersonView) => peopleClient.update({ workspace, id: now.id, version: now.version, ...valuesOf(draftOf(person)) });
  const create = useMutation(peopleCalls.create.mutationOptions(finish(t('person.added', { name: draft.name }), ({ id }) => peopleClient.revert({ workspace, id }))));
  const update = useMutation(peopleCalls.update.mutationOptions(finish(t('person.saved'), putBack)));
  const archive = useMutation(peopleCalls.archive.mutationOptions(finish(t('person.archived', { name: draft.name }), ({ id }) => peopleClient.restore({ workspace, id }))));
  const restore = useMutation(peopleCalls.restore.mutationOptions(finish(t('person.restored', { name: draft.name }), ({ id }) => peopleClient.archive({ workspace, id }))));
  const error = create.error ?? update.error ?? archive.error ?? restore.error;
  const save = () => (person ? update.mutate({ workspace, id: person.id, version: person.version, ...valuesOf(draft) }) : create.mutate({ workspace, ...valuesOf(draft) }));
  return (
    <form onSubmit={(event) => { event.preventDefault(); save(); }}>
      <Stack gap="md">
        {person?.archivedAt && <p className="panel" style={{ margin: 0 }}>{t('person.archivedNote')}</p>}
        <PersonFields workspace={workspace} person={person} draft={draft} facets={facets} disabled={!editor} onChange={setDraft} />
        <FaultLine error={error} />
        {error && faultOf(error).code === 'CHANGED_MEANWHILE' ? <Button variant="default" onClick={onReload}>{t('person.reload')}</Button> : null}
        {editor && (
          <Group justify="space-between">
            <Button type="submit" loading={create.isPending || update.isPending}>{person ? t('person.save') : t('person.add')}</Button>
            {person && (person.archivedAt
              ? <Button variant="default" loading={restore.isPending} onClick={() => restore.mutate({ workspace, id: person.id })}>{t('person.restore')}</Button>
              : <Button variant="default" loading={archive.isPending} onClick={() => archive.mutate({ workspace, id: person.id })}>{t('person.archive')}</Button>)}
          </Group>
        )}
      </Stack>
    </form>
  );
};
