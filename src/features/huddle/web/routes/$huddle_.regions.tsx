import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { createFileRoute, Link } from '@tanstack/react-router';
import { FunctionLabel, FunctionShape } from '../../../../ui/function-mark';
import { Answered, EmptyState, Page } from '../../../../ui/page';
import { dayText } from '../../../../ui/when';
import type { Together } from '../../contract';
import { huddleCalls } from '../calls';
import css from '../huddle.module.css';
import { useAmend } from '../record-edit';
import { say } from '../../../../ui/notify';
import { newId } from '../live/new-id';
import { stepName, t } from '../text';

export const Route = createFileRoute('/w/$workspace/huddles/$huddle_/regions')({ component: Regions });

type Region = Together['regions'][number];

/** Milliseconds between two looks while a region is at it; what is new alone is read for it. */
const WHILE_RUNNING = 10_000;

function Regions() {
  const { workspace, huddle } = Route.useParams();
  const together = useQuery({ ...huddleCalls.together.queryOptions({ input: { workspace, id: huddle } }), refetchInterval: (query) => (query.state.data?.regions.some(({ phase }) => phase === 'running') ? WHILE_RUNNING : false) });
  const list = useQuery(huddleCalls.list.queryOptions({ input: { workspace } }));
  const act = useAmend(workspace, huddle);
  const take = (text: string) => void act({ kind: 'disconnect', disconnect: newId(), text, from: [], removed: false }).then((saved) => saved && say(t('regions.taken')));
  return (
    <Page
      title={together.data ? `${together.data.name}: ${t('regions.title', { count: together.data.regions.length })}` : t('regions.tab')} tab={t('regions.tab')} source={t('regions.source')}
      actions={<Button variant="default" loading={together.isFetching} onClick={() => void together.refetch()}>{t('regions.refresh')}</Button>}
    >
      <Answered query={together}>
        {({ regions }) => regions.length === 0 ? <EmptyState title={t('regions.empty')} action={<Button component={Link} to={`/w/${workspace}/huddles` as never} variant="default">{t('regions.plan')}</Button>}>{t('regions.empty.text')}</EmptyState> : (
          <div className={css.regions}>{regions.map((region) => <One key={region.id} workspace={workspace} region={region} take={list.data?.mayRun ? take : undefined} />)}</div>
        )}
      </Answered>
    </Page>
  );
}

const stand = ({ phase, step, place, steps, startsAt, ready }: Region): string =>
  [step ? t('regions.at', { place, steps, step: stepName(step) }) : phase === 'planned' && startsAt ? t('regions.begins', { day: dayText(startsAt) }) : t(`phase.${phase}`), ready ? t('wall.ready', ready) : ''].filter(Boolean).join(' · ');

const One = ({ workspace, region, take }: { workspace: string; region: Region; take?: (text: string) => void }) => (
  <section className={css.part} aria-labelledby={region.id}>
    <h2 id={region.id} className="lead"><Link to="/w/$workspace/huddles/$huddle/record" params={{ workspace, huddle: region.id }} data-user-text>{region.name}</Link></h2>
    <p className="meta">{stand(region)}</p>
    <p className={css.row} style={{ gap: 16 }}>{region.people.map(({ function: of, joined }) => <FunctionLabel key={of} fn={of}>{joined === null ? t('shown.hidden') : t('regions.joined', { count: joined })}</FunctionLabel>)}</p>
    {region.people.some(({ joined }) => joined === null) && <p className="meta">{t('regions.few')}</p>}
    {!region.open ? <p className="meta">{t('regions.closed')}</p> : region.disconnects.length === 0 ? <p className="meta">{t('regions.none')}</p> : (
      <ol className={css.notes}>
        {region.disconnects.map((each) => {
          const own = region.actions.filter(({ disconnect }) => disconnect === each.id);
          return (
            <li key={each.id} className={css.note}>
              <div className={css.cardText} data-user-text>
                <strong>{each.text}</strong>
                <span className="meta">{[each.votes === null ? '' : t('record.votes', { count: each.votes }), t('regions.actions', { count: own.length })].filter(Boolean).join(' · ')}</span>
                {own.length > 0 && <ul className={css.under}>{own.map((action) => <li key={action.id}>{action.side && <><FunctionShape fn={action.side} /> </>}{action.text}{action.owner && <span className="meta"> {action.owner}</span>}</li>)}</ul>}
              </div>
              {take && <Button size="compact-sm" variant="default" className="no-print" style={{ marginTop: 8 }} onClick={() => take(each.text)}>{t('regions.take')}</Button>}
            </li>
          );
        })}
      </ol>
    )}
  </section>
);
