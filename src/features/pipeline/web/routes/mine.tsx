import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { createFileRoute, Link } from '@tanstack/react-router';
import { Answered, EmptyState, Page } from '../../../../ui/page';
import { When } from '../../../../ui/when';
import { OptedOut } from '../../../customers/web/public';
import { workspaceCalls } from '../../../workspace/web/public';
import { pipelineCalls, type Handoff } from '../calls';
import { OfferAnswers } from '../offer-answers';
import css from '../pipeline.module.css';
import { PipelineNav } from '../pipeline-nav';
import { countText, leadText, t } from '../text';

export const Route = createFileRoute('/w/$workspace/pipeline/mine')({ component: Mine });

function Mine() {
  const { workspace } = Route.useParams();
  const open = useQuery(pipelineCalls.handoffs.queryOptions({ input: { workspace, state: 'offered', mine: true, limit: 200 } }));
  const taken = useQuery(pipelineCalls.handoffs.queryOptions({ input: { workspace, state: 'accepted', mine: true, limit: 50 } }));
  return (
    <Answered query={open} rows={4}>
      {(data) => (
        <Page title={t(data.linked ? 'mine.title' : 'mine.unlinked', { n: data.total, count: countText(data.total) })} tab={t('nav.mine')} source={t('mine.source')}>
          <PipelineNav workspace={workspace} />
          {!data.linked ? <Unlinked workspace={workspace} /> : data.total === 0 ? <EmptyState title={t('mine.empty')}>{t('mine.empty.text')}</EmptyState> : (
            <ul className={css.offers}>{data.rows.map((offer) => <Offer key={offer.id} workspace={workspace} offer={offer} />)}</ul>
          )}
          {(taken.data?.total ?? 0) > 0 && (
            <section>
              <h2 className="lead" style={{ margin: '0 0 8px' }}>{t('mine.taken')}</h2>
              <ul className={css.log}>{taken.data?.rows.map((row) => <li key={row.id}>{leadText({ name: row.lead, company: row.company })}{row.optedOut && <> · <OptedOut /></>} · <When at={row.decidedAt ?? row.offeredAt} /></li>)}</ul>
            </section>
          )}
        </Page>
      )}
    </Answered>
  );
}

/** Those who can link the account are led to where it is done. */
const Unlinked = ({ workspace }: { workspace: string }) => {
  const here = useQuery(workspaceCalls.read.queryOptions({ input: { workspace } }));
  const links = here.data?.me.role === 'owner' || here.data?.me.role === 'admin';
  return <EmptyState title={t('mine.unlinked.title')} action={links && <Button variant="default" component={Link} to={`/w/${workspace}/settings/members`} style={{ alignSelf: 'flex-start' }}>{t('mine.unlinked.do')}</Button>}>{t('mine.unlinked.text')}</EmptyState>;
};

const Offer = ({ workspace, offer }: { workspace: string; offer: Handoff }) => (
  <li className={css.offer}>
    <h2>{leadText({ name: offer.lead, company: offer.company })}</h2>
    {offer.lead && offer.company && <div>{offer.company}</div>}
    {offer.optedOut && <OptedOut whole />}
    <div className="meta">{t('mine.from', { from: offer.offeredBy })} · <When at={offer.offeredAt} />{offer.channel ? ` · ${offer.channel}` : ''}</div>
    {offer.offerNote && <div>{offer.offerNote}</div>}
    <OfferAnswers workspace={workspace} offer={offer} />
  </li>
);
