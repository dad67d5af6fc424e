import { Button, SegmentedControl } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query';
import { createFileRoute } from '@tanstack/react-router';
import { useState } from 'react';
import css from '../../../../ui/data.module.css';
import { say } from '../../../../ui/notify';
import { Answered, EmptyState, FaultLine, Page } from '../../../../ui/page';
import { dayText } from '../../../../ui/when';
import { customersCalls, customersClient, type LinkPair, type Links } from '../calls';
import { Bulk } from '../linking/bulk';
import { Pair } from '../linking/pair';
import { l } from '../linking/text';
import { useDecide } from '../linking/use-decide';
import { countText } from '../text';
import { useRight } from '../use-right';

export const Route = createFileRoute('/w/$workspace/customers/review')({ component: Review });

const AT_ONCE = 100;
const keyOf = ({ a, b }: { a: { id: string }; b: { id: string } }): string => `${a.id}${b.id}`;

const sourceLine = ({ state, finishedAt, records }: Links['matching']): string => {
  if (state === 'waiting' || state === 'running') return l('review.source.busy');
  if (state === 'failed') return l('review.source.failed');
  return finishedAt ? l('review.source', { when: dayText(finishedAt), records: countText(records) }) : l('review.source.never');
};

function Review() {
  const { workspace } = Route.useParams();
  const mayLink = useRight(workspace, 'records:link');
  const [acrossSides, setAcross] = useState(true);
  const { act, undo } = useDecide(workspace);
  const links = useQuery({
    ...customersCalls.links.queryOptions({ input: { workspace, acrossSides, limit: AT_ONCE } }),
    placeholderData: keepPreviousData,
    refetchInterval: (query) => (['waiting', 'running'].includes(query.state.data?.matching.state ?? '') ? 2_000 : false),
  });
  const again = useMutation(customersCalls.match.mutationOptions({ onSuccess: async () => { await links.refetch(); say(l('review.matching')); } }));
  const actions = mayLink && links.data ? (
    <>
      <Button variant="default" loading={again.isPending} onClick={() => again.mutate({ workspace })}>{l(links.data.matching.finishedAt ? 'review.match' : 'review.match.first')}</Button>
      {links.data.total > 0 && <Bulk workspace={workspace} acrossSides={acrossSides} act={act} />}
    </>
  ) : undefined;
  return (
    <Page title={links.data && (links.data.total > 0 || links.data.matching.finishedAt) ? l('review.title', { count: links.data.total }) : l('review.tab')} tab={l('review.tab')} source={links.data ? sourceLine(links.data.matching) : undefined} actions={actions}>
      <FaultLine error={again.error} />
      <SegmentedControl aria-label={l('review.which')} style={{ alignSelf: 'flex-start' }} value={acrossSides ? 'across' : 'all'} onChange={(value) => setAcross(value === 'across')} data={[{ value: 'across', label: l('review.across') }, { value: 'all', label: l('review.all') }]} />
      <Answered query={links} rows={8}>
        {(data) => data.total === 0
          ? <EmptyState title={l('review.empty')}>{l(acrossSides ? 'review.empty.across' : 'review.empty.text')}</EmptyState>
          : <Queue key={String(acrossSides)} workspace={workspace} data={data} mayLink={mayLink} act={act} undo={undo} />}
      </Answered>
    </Page>
  );
}

type QueueProps = { workspace: string; data: Links; mayLink: boolean } & Pick<ReturnType<typeof useDecide>, 'act' | 'undo'>;

const Queue = ({ workspace, data, mayLink, act, undo }: QueueProps) => {
  const [later, setLater] = useState<ReadonlySet<string>>(new Set());
  const [gone, setGone] = useState<ReadonlySet<string>>(new Set());
  const open = data.rows.filter((pair) => !gone.has(keyOf(pair)));
  const pair = open.find((each) => !later.has(keyOf(each)));

  const without = (keys: ReadonlySet<string>, key: string) => new Set([...keys].filter((each) => each !== key));
  const decide = async (of: LinkPair, decision: 'linked' | 'never') => {
    const key = keyOf(of);
    // The next pair stands there at once; one that could not be kept comes back.
    setGone((before) => new Set([...before, key]));
    const kept = await act(() => customersClient.decide({ workspace, pairs: [{ a: of.a.id, b: of.b.id }], decision }), () => l(decision === 'linked' ? 'pair.linked' : 'pair.kept'), () => setGone((before) => without(before, key)));
    if (!kept) setGone((before) => without(before, key));
  };
  const putOff = (of: LinkPair) => setLater((before) => new Set([...before, keyOf(of)]));
  const may = (work: (of: LinkPair) => unknown) => () => void (pair && mayLink && work(pair));
  useHotkeys([['s', may((of) => decide(of, 'linked'))], ['n', may((of) => decide(of, 'never'))], ['l', () => void (pair && putOff(pair))], ['u', undo]]);

  if (!pair) {
    return <EmptyState title={l('review.seen')} action={<Button variant="default" onClick={() => setLater(new Set())}>{l('review.again')}</Button>}>{l('review.seen.text', { count: Math.max(open.length, later.size) })}</EmptyState>;
  }
  return (
    <section className={css.section} aria-live="polite">
      <h2 className="lead">{l('pair.title')}</h2>
      <Pair key={keyOf(pair)} workspace={workspace} pair={pair} />
      <div className={css.bar}>
        {mayLink && <Button onClick={() => void decide(pair, 'linked')}>{l('pair.same')}</Button>}
        {mayLink && <Button variant="default" onClick={() => void decide(pair, 'never')}>{l('pair.never')}</Button>}
        <Button variant="default" onClick={() => putOff(pair)}>{l('pair.later')}</Button>
        <span className={`meta ${css.wide}`}>{l(mayLink ? 'pair.keys' : 'pair.readonly')}</span>
        <span className="meta" style={{ marginLeft: 'auto' }}>{l('pair.place', { at: countText(later.size + 1), total: countText(data.total) })}</span>
      </div>
    </section>
  );
};
