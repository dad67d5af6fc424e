import { CheckList } from './check-list';
import css from './huddle.module.css';
import type { HeadView } from './live/views';
import type { Session } from './live/use-live';
import { Invite, Teams } from './people';
import { Agenda, Settings } from './plan';

/** Everything that is settled before a Huddle begins; loaded when it is looked at, since a Huddle that runs needs none of it. */
export const PlanView = ({ session, head, workspace, huddle }: { session: Session; head: HeadView; workspace: string; huddle: string }) => (
  <div className={css.plan}>
    <div><Agenda session={session} head={head} /><Settings session={session} head={head} /></div>
    <div><Invite session={session} head={head} workspace={workspace} huddle={huddle} /><CheckList session={session} workspace={workspace} huddle={huddle} /><Teams session={session} head={head} workspace={workspace} huddle={huddle} /></div>
  </div>
);
