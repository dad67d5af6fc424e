import { useQuery } from '@tanstack/react-query';
import { createFileRoute } from '@tanstack/react-router';
import { Answered } from '../../../../ui/page';
import { can } from '../../policy';
import { workspaceCalls } from '../calls';
import { ForThose, type Here } from '../here';
import { Invitations, Invite } from '../invitations';
import { MemberRow } from '../member-row';
import { RolesExplained } from '../roles';
import css from '../settings.module.css';
import { t } from '../text';

export const Route = createFileRoute('/w/$workspace/settings/members')({ component: Members });

function Members() {
  const { workspace } = Route.useParams();
  return (
    <ForThose workspace={workspace} who="member:list">
      {(here) => (
        <div className={css.columns}>
          <div className={css.main}>
            <List here={here} />
            {can(here.me, 'member:manage') && <Invite here={here} />}
            {can(here.me, 'member:manage') && <Invitations here={here} />}
          </div>
          <RolesExplained />
        </div>
      )}
    </ForThose>
  );
}

const List = ({ here }: { here: Here }) => {
  const rows = useQuery(workspaceCalls.members.queryOptions({ input: { workspace: here.id } }));
  return (
    <Answered query={rows}>
      {(members) => {
        const owners = members.filter((member) => member.role === 'owner').length;
        const me = members.find((member) => member.userId === here.me.userId);
        return (
          <section className={css.section} aria-labelledby="members">
            <h2 id="members">{t('members.title', { count: members.length })}</h2>
            <ul className={css.rows}>{members.map((member) => <MemberRow key={member.userId} here={here} member={member} owners={owners} />)}</ul>
            {me?.role === 'owner' && owners === 1 && members.length > 1 && <p className="meta">{t('members.leave.lastOwner')}</p>}
          </section>
        );
      }}
    </Answered>
  );
};
