import { Button, Select, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { ROLES, type Role } from '../../../lib/vocabulary';
import { CopyField } from '../../../ui/copy-field';
import { say, sayFault } from '../../../ui/notify';
import { Answered, FaultLine } from '../../../ui/page';
import { When } from '../../../ui/when';
import { canInvite } from '../policy';
import { workspaceCalls } from './calls';
import type { Here, Invitation } from './here';
import { roleName } from './roles';
import css from './settings.module.css';
import { t } from './text';

/** Invites by link; the link is shown once, whether or not a mail carries it as well. */
export const Invite = ({ here }: { here: Here }) => {
  const queries = useQueryClient();
  const [email, setEmail] = useState('');
  const [role, setRole] = useState<Role>('member');
  const invite = useMutation(
    workspaceCalls.invite.mutationOptions({
      onSuccess: async () => {
        setEmail('');
        await queries.invalidateQueries({ queryKey: workspaceCalls.invitations.key() });
        await queries.invalidateQueries({ queryKey: workspaceCalls.outbox.key() });
      },
    }),
  );
  return (
    <section className={css.section} aria-labelledby="invite">
      <h2 id="invite">{t('invite.title')}</h2>
      <p>{t('invite.text')}</p>
      <form className={css.inline} onSubmit={(event) => { event.preventDefault(); invite.mutate({ workspace: here.id, email: email.trim(), role }); }}>
        <TextInput label={t('invite.email')} type="email" autoComplete="off" required maxLength={254} value={email} onChange={(event) => setEmail(event.currentTarget.value)} />
        <Select label={t('invite.role')} allowDeselect={false} value={role} data={ROLES.filter((each) => canInvite(here.me, each)).map((each) => ({ value: each, label: roleName(each) }))} onChange={(value) => value && setRole(value as Role)} />
        <Button type="submit" loading={invite.isPending}>{t('invite.button')}</Button>
      </form>
      <FaultLine error={invite.error} />
      {invite.data && (
        <div className={css.once} role="status">
          <strong>{t('invite.made', { email: invite.data.email })}</strong>
          {invite.data.renewed && <p>{t('invite.renewed', { email: invite.data.email })}</p>}
          <p>{t(here.mail ? 'invite.made.mailed' : 'invite.made.byHand')}</p>
          <CopyField label={t('invite.link')} value={invite.data.link} />
        </div>
      )}
    </section>
  );
};

const stateOf = (row: Invitation, now: Date): 'open' | 'accepted' | 'revoked' | 'expired' =>
  row.acceptedAt ? 'accepted' : row.revokedAt ? 'revoked' : new Date(row.expiresAt) <= now ? 'expired' : 'open';

/** Invitations still to be used, and what became of the others. */
export const Invitations = ({ here }: { here: Here }) => {
  const rows = useQuery(workspaceCalls.invitations.queryOptions({ input: { workspace: here.id } }));
  const [now] = useState(() => new Date());
  return (
    <section className={css.section} aria-labelledby="invitations">
      <h2 id="invitations">{t('invitations.title')}</h2>
      <Answered query={rows} rows={2}>
        {(data) => {
          const all = data.map((row) => ({ row, state: stateOf(row, now) }));
          const open = all.filter(({ state }) => state === 'open');
          const past = all.filter(({ state }) => state !== 'open');
          return (
            <>
              {open.length === 0 ? <p>{t('invitations.none')}</p> : <ul className={css.rows}>{open.map(({ row }) => <Open key={row.id} here={here} row={row} />)}</ul>}
              {past.length > 0 && (
                <details>
                  <summary>{t('invitations.past', { count: past.length })}</summary>
                  <ul className={css.rows}>{past.map(({ row, state }) => <Past key={row.id} row={row} state={state} />)}</ul>
                </details>
              )}
            </>
          );
        }}
      </Answered>
    </section>
  );
};

const Open = ({ here, row }: { here: Here; row: Invitation }) => {
  const queries = useQueryClient();
  const revoke = useMutation(
    workspaceCalls.revokeInvitation.mutationOptions({
      onSuccess: async () => {
        await queries.invalidateQueries({ queryKey: workspaceCalls.invitations.key() });
        say(t('invitations.revoked', { email: row.email }));
      },
      onError: sayFault,
    }),
  );
  return (
    <li className={`${css.row} ${css.invitation}`}>
      <span className={css.who} data-user-text>{row.email}</span>
      <span>{roleName(row.role)}</span>
      <span className="meta">{t('invitations.until')} <When at={row.expiresAt} /></span>
      <span className={css.end}>
        <Button size="compact-sm" variant="subtle" color="ink" loading={revoke.isPending} onClick={() => revoke.mutate({ workspace: here.id, id: row.id })} aria-label={t('invitations.revoke.of', { email: row.email })}>{t('invitations.revoke')}</Button>
      </span>
    </li>
  );
};

const Past = ({ row, state }: { row: Invitation; state: 'accepted' | 'revoked' | 'expired' | 'open' }) => (
  <li className={`${css.row} ${css.invitation}`}>
    <span className={css.who} data-user-text>{row.email}</span>
    <span>{roleName(row.role)}</span>
    {state !== 'open' && <span className="meta">{t(`invitations.state.${state}`)} <When at={row.acceptedAt ?? row.revokedAt ?? row.expiresAt} /></span>}
  </li>
);
