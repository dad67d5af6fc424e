import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { huddleCalls } from '../../../features/huddle/web/calls';
import { dayText, When } from '../../../ui/when';
import { t } from '../text';
import { huddleAhead } from './huddle-ahead';

/** One line about the Huddle that runs or comes next; where none is planned, when the next is proposed, to whoever may plan it. */
export const NextHuddle = ({ workspace }: { workspace: string }) => {
  const { data } = useQuery(huddleCalls.list.queryOptions({ input: { workspace } }));
  const ahead = data ? huddleAhead(data.huddles, new Date().toISOString()) : null;
  const held = data?.huddles.some(({ phase, rehearsal }) => phase === 'finished' && !rehearsal) ?? false;
  const next = useQuery({ ...huddleCalls.next.queryOptions({ input: { workspace } }), enabled: data?.mayRun === true && !ahead && held });
  if (!data) return null;
  if (!ahead) return next.data ? <p>{t('home.huddle.proposed', { day: dayText(next.data.on) })} <Link to="/w/$workspace/huddles" params={{ workspace }}>{t('home.huddle.plan')}</Link></p> : null;
  return (
    <p>
      {t(ahead.phase === 'running' ? 'home.huddle.running' : 'home.huddle.planned')}{' '}
      <Link to={data.mayRun ? '/w/$workspace/huddles/$huddle' : '/w/$workspace/huddles'} params={{ workspace, huddle: ahead.id }} data-user-text>{ahead.name}</Link>
      {ahead.phase === 'planned' && ahead.startsAt && <>{', '}<When at={ahead.startsAt} show="both" /></>}
    </p>
  );
};
