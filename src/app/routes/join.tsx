import { Button, Stack } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { createFileRoute, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { Role } from '../../lib/vocabulary';
import { workspaceCalls } from '../../features/workspace/web/public';
import { Answered, FaultLine } from '../../ui/page';
import { roleName } from '../../features/workspace/web/roles';
import { Entry } from '../web/entry';
import { SignUpForm } from '../web/sign-up-form';
import { t } from '../web/text';

export const Route = createFileRoute('/join')({ component: Join });

/** The secret stands behind "#", so that it reaches no server log; it is kept for the way over the sign-in page. */
const secretFromAddress = (): string => {
  const secret = decodeURIComponent(location.hash.slice(1)) || sessionStorage.getItem('invitation') || '';
  if (secret) sessionStorage.setItem('invitation', secret);
  return secret;
};

function Join() {
  const [secret] = useState(secretFromAddress);
  return <Entry title={t('join.button')}>{secret.length < 10 ? <><h2 className="title">{t('join.incomplete')}</h2><p style={{ margin: 0 }}>{t('join.missing')}</p></> : <Invitation secret={secret} />}</Entry>;
}

const Invitation = ({ secret }: { secret: string }) => {
  const navigate = useNavigate();
  const queries = useQueryClient();
  const opened = useQuery(workspaceCalls.openInvitation.queryOptions({ input: { secret }, staleTime: Infinity }));
  const mine = useQuery(workspaceCalls.mine.queryOptions());
  const accept = useMutation(
    workspaceCalls.acceptInvitation.mutationOptions({
      onSuccess: async ({ workspace }) => {
        sessionStorage.removeItem('invitation');
        await queries.invalidateQueries();
        await navigate({ to: '/w/$workspace', params: { workspace } });
      },
    }),
  );
  return (
    <Answered query={opened}>
      {(invitation) => (
        <Stack gap="md">
          <h2 className="title">{t('join.title', { workspace: invitation.workspaceName })}</h2>
          <p style={{ margin: 0 }}>{t('join.text', { role: roleName(invitation.role as Role).toLowerCase(), email: invitation.email })}</p>
          <FaultLine error={accept.error} />
          {mine.data ? (
            <>
              <span className="meta">{t('join.as', { email: mine.data.account.email })}</span>
              <Button loading={accept.isPending} onClick={() => accept.mutate({ secret })}>{t('join.button')}</Button>
            </>
          ) : (
            <>
              <SignUpForm invitation={secret} email={invitation.email} onDone={() => accept.mutateAsync({ secret })} />
              <a href="/sign-in?to=/join">{t('join.signIn')}</a>
            </>
          )}
        </Stack>
      )}
    </Answered>
  );
};
