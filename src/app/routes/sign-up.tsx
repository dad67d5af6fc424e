import { useQuery, useQueryClient } from '@tanstack/react-query';
import { createFileRoute, useNavigate } from '@tanstack/react-router';
import { workspaceCalls } from '../../features/workspace/web/public';
import { Entry } from '../web/entry';
import { SignUpForm } from '../web/sign-up-form';
import { t } from '../web/text';

export const Route = createFileRoute('/sign-up')({ component: SignUp });

function SignUp() {
  const navigate = useNavigate();
  const queries = useQueryClient();
  const setup = useQuery(workspaceCalls.setup.queryOptions());
  return (
    <Entry title={t('signUp.title')}>
      <h2 className="title">{t('signUp.title')}</h2>
      {setup.data?.firstAccount && <p style={{ margin: 0 }}>{t('signUp.first')}</p>}
      <SignUpForm invitation={null} onDone={async () => { await queries.invalidateQueries(); await navigate({ to: '/' }); }} />
      <span className="meta">{t('welcome.have')} <a href="/sign-in">{t('welcome.signIn')}</a></span>
    </Entry>
  );
}
