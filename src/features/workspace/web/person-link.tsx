import { Button, Group, Modal, Stack, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { createTanstackQueryUtils } from '@orpc/tanstack-query';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { clientOf } from '../../../browser/rpc';
import { functionName, FunctionShape } from '../../../ui/function-mark';
import { Answered, FaultLine } from '../../../ui/page';
import type { peopleContract } from '../../people/contract';
import type { Member } from './here';
import css from './settings.module.css';
import { t } from './text';

const people = createTanstackQueryUtils(clientOf<typeof peopleContract>('people'), { path: ['people'] });

type Chosen = { id: string; name: string };
type Props = { workspace: string; member: Member; error: unknown; onChoose: (person: Chosen | null) => void; onClose: () => void };

/** Says which person a member is. */
export const PersonLink = ({ workspace, member, error, onChoose, onClose }: Props) => {
  const [search, setSearch] = useState(member.name);
  const [asked] = useDebouncedValue(search.trim(), 200);
  const found = useQuery(people.list.queryOptions({ input: { workspace, ...(asked ? { search: asked } : {}), pageSize: 20 }, placeholderData: keepPreviousData }));
  return (
    <Modal opened onClose={onClose} title={t('members.link.title', { name: member.name })}>
      <Stack gap="md">
        <p style={{ margin: 0, color: 'var(--ink-2)' }}>{t('members.link.text')}</p>
        <TextInput label={t('members.link.search')} value={search} onChange={(event) => setSearch(event.currentTarget.value)} data-autofocus />
        <Answered query={found} rows={3}>
          {({ rows }) =>
            rows.length === 0 ? (
              <p style={{ margin: 0 }} role="status">{asked ? t('members.link.none', { search: asked }) : t('members.link.empty')}</p>
            ) : (
              <ul className={css.found}>
                {rows.map((row) => (
                  <li key={row.id}>
                    <button type="button" className={css.choice} onClick={() => onChoose({ id: row.id, name: row.name })}>
                      <Group gap={6}>{row.function && <FunctionShape fn={row.function} />}<strong>{row.name}</strong>{row.function && <span className="meta">{functionName(row.function)}</span>}</Group>
                      <span className="meta">{row.email}</span>
                    </button>
                  </li>
                ))}
              </ul>
            )
          }
        </Answered>
        <FaultLine error={error} />
        {member.personId && <Button variant="default" onClick={() => onChoose(null)} style={{ alignSelf: 'flex-start' }}>{t('members.link.end')}</Button>}
      </Stack>
    </Modal>
  );
};
