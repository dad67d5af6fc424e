import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { huddleCalls } from '../../../features/huddle/web/calls';
import { When } from '../../../ui/when';
import { t } from '../text';
import { huddleAhead } from './huddle-ahead';

/** One line about the Huddle that runs or comes next; nothing where none is planned. */
export const NextHuddle = ({ workspace }: { workspace: string }) => {
  const { data } = useQuery(huddleCalls.list.queryOptions({ input: { workspace } }));
  const ahead = data ? huddleAhead(data.huddles, new Date().toISOString()) : null;
  if (!data || !ahead) return null;
  return (
    <p>
      {t(ahead.phase === 'running' ? 'home.huddle.running' : 'home.huddle.planned')}{' '}
      <Link to={data.mayRun ? '/w/$workspace/huddles/$huddle' : '/w/$workspace/huddles'} params={{ workspace, huddle: ahead.id }} data-user-text>{ahead.name}</Link>
      {ahead.phase === 'planned' && ahead.startsAt && <>{', '}<When at={ahead.startsAt} show="both" /></>}
    </p>
  );
};
