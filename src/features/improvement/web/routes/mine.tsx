import { Button, Modal } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { createFileRoute, Link } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import { Answered, EmptyState, Page, Pending } from '../../../../ui/page';
import { improvementCalls, type Mine, type OwnAction } from '../calls';
import { useMine } from '../mine-calls';
import { DoneRow, OpenRow } from '../mine-row';
import css from '../mine.module.css';
import { t } from '../mine-text';
import { useHashTarget } from '../hash-target';

export const Route = createFileRoute('/w/$workspace/improve/mine')({ component: MinePage });

const CarryForm = lazy(() => import('../carry-form').then((part) => ({ default: part.CarryForm })));

const GROUPS = ['overdue', 'soon', 'later', 'none'] as const;

const countsOf = ({ actions }: Mine) => {
  const open = actions.filter(({ state }) => state === 'open');
  const due = (of: OwnAction['due']): number => open.filter((each) => each.due === of).length;
  return { open: open.length, overdue: due('overdue'), soon: due('soon'), carried: open.filter(({ carried }) => carried.length > 0).length, done: actions.length - open.length };
};

/** Somebody's own part: what is due, late, put off and done. */
function MinePage() {
  const { workspace } = Route.useParams();
  const mine = useQuery(improvementCalls.mine.queryOptions({ input: { workspace } }));
  const counts = mine.data && countsOf(mine.data);
  return (
    <Page title={counts ? t('title', { open: counts.open, overdue: counts.overdue, soon: counts.soon }) : t('tab')} tab={t('tab')} source={mine.data && mine.data.actions.length > 0 && t('source', { zone: mine.data.timeZone })}>
      <Answered query={mine} rows={5}>
        {(found) => found.actions.length > 0 ? <Own workspace={workspace} mine={found} /> : (
          <EmptyState title={t('empty.title')} action={<Button component={Link} to={`/w/${workspace}/improve`}>{t('empty.button')}</Button>}>{t('empty.text')}</EmptyState>
        )}
      </Answered>
    </Page>
  );
}

const Own = ({ workspace, mine }: { workspace: string; mine: Mine }) => {
  const calls = useMine(workspace);
  const [carried, setCarried] = useState<OwnAction | null>(null);
  useHashTarget(true);
  const { overdue, soon, carried: putOff, done } = countsOf(mine);
  const open = mine.actions.filter(({ state }) => state === 'open');
  const ended = mine.actions.filter(({ state }) => state === 'done');
  return (
    <>
      <dl className={css.counts}>{Object.entries({ overdue, soon, carried: putOff, done }).map(([key, n]) => <div key={key}><dt>{t(`count.${key as 'done'}`)}</dt><dd>{n}</dd></div>)}</dl>
      {GROUPS.map((group) => {
        const own = open.filter(({ due }) => due === group);
        return own.length > 0 && <section key={group} className={css.group}><h2>{t(`group.${group}`)}</h2><ul className={css.list}>{own.map((action) => <OpenRow key={action.id} action={action} today={mine.today} calls={calls} onCarry={() => setCarried(action)} />)}</ul></section>;
      })}
      {ended.length > 0 && <details className={css.group} open={open.length === 0}><summary>{t('group.done')} ({ended.length})</summary><ul className={css.list} style={{ marginTop: 8 }}>{ended.map((action) => <DoneRow key={action.id} action={action} calls={calls} />)}</ul></details>}
      <Modal opened={carried !== null} onClose={() => setCarried(null)} title={carried ? t('carry.title', { text: carried.text }) : ''} closeButtonProps={{ 'aria-label': t('close') }}>
        {carried && <Suspense fallback={<Pending rows={3} />}><CarryForm workspace={workspace} action={carried} done={() => setCarried(null)} /></Suspense>}
      </Modal>
    </>
  );
};
