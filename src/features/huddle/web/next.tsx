import { Button } from '@mantine/core';
import type { InferContractRouterOutputs } from '@orpc/contract';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { say, sayFault } from '../../../ui/notify';
import { dayText } from '../../../ui/when';
import type { huddleContract } from '../contract';
import { huddleCalls, huddleClient } from './calls';
import css from './huddle.module.css';
import { t } from './text';

const MONTH = new Intl.DateTimeFormat('en-GB', { month: 'long', year: 'numeric' });
const NINE = 9;

type Proposed = NonNullable<InferContractRouterOutputs<typeof huddleContract>['next']>;

/** What comes after the last Huddle, one press away. */
export const NextHuddle = ({ workspace, proposed }: { workspace: string; proposed: Proposed }) => {
  const navigate = useNavigate();
  const queries = useQueryClient();
  const plan = useMutation({
    mutationFn: async () => {
      const begins = new Date(`${proposed.on}T00:00:00`);
      begins.setHours(NINE);
      return huddleClient.planNext({ workspace, id: proposed.last.id, name: t('next.name', { month: MONTH.format(begins) }), startsAt: begins.toISOString() });
    },
    onSuccess: async (made) => {
      say(t('next.planned'));
      await queries.invalidateQueries({ queryKey: huddleCalls.key() });
      await navigate({ to: '/w/$workspace/huddles/$huddle', params: { workspace, huddle: made.id } });
    },
    onError: sayFault,
  });
  const { on, from, to, because, last, people, actions } = proposed;
  return (
    <section className={css.next} aria-labelledby="next-huddle">
      <h2 id="next-huddle" className="lead">{t('next.title', { day: dayText(on) })}</h2>
      <p>{because === 'reassessment' ? t('next.reassessment', { last: last.name, from: dayText(from), to: dayText(to) }) : t(`next.${because}`, { last: last.name })} {t('next.brings', { people, actions })}</p>
      <Button loading={plan.isPending} onClick={() => plan.mutate()}>{t('next.plan')}</Button>
    </section>
  );
};
