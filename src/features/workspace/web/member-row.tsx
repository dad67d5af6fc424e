import { Button, Select } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useNavigate } from '@tanstack/react-router';
import { ROLES, type Role } from '../../../lib/vocabulary';
import { Confirm } from '../../../ui/confirm';
import { FunctionLabel } from '../../../ui/function-mark';
import { say, sayFault } from '../../../ui/notify';
import { can, canRemoveMember, canSetRole } from '../policy';
import { workspaceCalls, workspaceClient } from './calls';
import type { Here, Member } from './here';
import { PersonLink } from './person-link';
import { roleName } from './roles';
import css from './settings.module.css';
import { t } from './text';

type Props = { here: Here; member: Member; owners: number };

/** One member: who, in which role, which person; with what the reader may change about it. */
export const MemberRow = ({ here, member, owners }: Props) => {
  const self = member.userId === here.me.userId;
  return (
    <li className={`${css.row} ${css.member}`}>
      <span className={css.who}>
        <span><strong data-user-text>{member.name}</strong>{self && <span className="meta"> {t('members.you')}</span>}</span>
        <span className="meta" data-user-text>{member.email}</span>
      </span>
      <RoleOf here={here} member={member} />
      <LinkedPerson here={here} member={member} />
      <span className={css.end}>{canRemoveMember(here.me, member, owners) && <Removal here={here} member={member} self={self} />}</span>
    </li>
  );
};

const useChange = (here: Here) => {
  const queries = useQueryClient();
  return useMutation(workspaceCalls.updateMember.mutationOptions({ onSuccess: () => queries.invalidateQueries({ queryKey: workspaceCalls.key(), predicate: ({ queryKey }) => JSON.stringify(queryKey).includes(here.id) }) }));
};

const RoleOf = ({ here, member }: { here: Here; member: Member }) => {
  const change = useChange(here);
  const choices = ROLES.filter((role) => role === member.role || canSetRole(here.me, member, role));
  if (choices.length < 2) return <span className={css.plain}>{roleName(member.role)}</span>;
  const set = async (role: Role) => {
    const before = member.role;
    const saved = await change.mutateAsync({ workspace: here.id, user: member.userId, role }).catch((error: unknown) => void sayFault(error));
    if (saved) say(t('members.role.saved', { name: member.name, role: roleName(role) }), () => change.mutateAsync({ workspace: here.id, user: member.userId, role: before }));
  };
  return (
    <Select
      aria-label={t('members.role', { name: member.name })} value={member.role} disabled={change.isPending} allowDeselect={false}
      data={choices.map((role) => ({ value: role, label: roleName(role) }))}
      onChange={(role) => role && role !== member.role && void set(role as Role)}
    />
  );
};

const LinkedPerson = ({ here, member }: { here: Here; member: Member }) => {
  const [choosing, setChoosing] = useState(false);
  const change = useChange(here);
  const mayLink = can(here.me, 'member:manage');
  const link = async (person: { id: string; name: string } | null) => {
    const before = member.personId;
    await change.mutateAsync({ workspace: here.id, user: member.userId, personId: person?.id ?? null });
    setChoosing(false);
    say(person ? t('members.link.saved', { name: member.name, person: person.name }) : t('members.link.ended', { name: member.name }), () => change.mutateAsync({ workspace: here.id, user: member.userId, personId: before }));
  };
  return (
    <span className={css.linked}>
      {member.headOf && <FunctionLabel fn={member.headOf}>{t(`members.head.${member.headOf}`)}</FunctionLabel>}
      {member.personName && !(member.headOf && member.personName === member.name) && <span data-user-text>{member.personName}</span>}
      {!member.personId && !mayLink && <span className="meta">{t('members.notLinked')}</span>}
      {mayLink && (
        <Button size="compact-sm" variant={member.personId ? 'subtle' : 'default'} color="ink" onClick={() => setChoosing(true)} aria-label={t(member.personId ? 'members.link.change.of' : 'members.link.of', { name: member.name })}>
          {t(member.personId ? 'members.link.change' : 'members.link')}
        </Button>
      )}
      {choosing && <PersonLink workspace={here.id} member={member} error={change.error} onChoose={(person) => void link(person).catch(() => undefined)} onClose={() => { change.reset(); setChoosing(false); }} />}
    </span>
  );
};

const Removal = ({ here, member, self }: { here: Here; member: Member; self: boolean }) => {
  const [asking, setAsking] = useState(false);
  const queries = useQueryClient();
  const navigate = useNavigate();
  const values = { name: member.name, workspace: here.name };
  const remove = useMutation({
    mutationFn: () => workspaceClient.removeMember({ workspace: here.id, user: member.userId }),
    onSuccess: async () => {
      setAsking(false);
      if (self) {
        queries.clear();
        await navigate({ to: '/' });
      } else await queries.invalidateQueries({ queryKey: workspaceCalls.members.key() });
      say(t(self ? 'members.left' : 'members.removed', values));
    },
  });
  const word = self ? 'members.leave' : 'members.remove';
  return (
    <>
      <Button size="compact-sm" variant="subtle" color="ink" onClick={() => setAsking(true)} aria-label={t(`${word}.of`, values)}>{t(word)}</Button>
      <Confirm opened={asking} title={t(`${word}.title`, values)} button={t(self ? 'members.leave' : 'members.remove.button', values)} busy={remove.isPending} error={remove.error} onConfirm={() => remove.mutate()} onClose={() => setAsking(false)}>
        {t(`${word}.text`, values)}
      </Confirm>
    </>
  );
};
