import { Button } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { createFileRoute, Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { Side } from '../../../../lib/vocabulary';
import { FunctionLabel } from '../../../../ui/function-mark';
import { say, sayFault } from '../../../../ui/notify';
import { Answered, EmptyState, Page } from '../../../../ui/page';
import { clockText, dayText } from '../../../../ui/when';
import { otherSide } from '../../domain/commitment';
import { blank, exampleCommitments } from '../../domain/example';
import css from '../agreements.module.css';
import { agreementsCalls, agreementsClient, useReload, useRight, useStanding, type CardView } from '../calls';
import { ClocksDrawer } from '../clocks-drawer';
import { CommitmentCard, type CardAct } from '../commitment-card';
import { CommitmentForm, type CommitmentDraft } from '../commitment-form';
import { commitmentDraft, readDraft } from '../draft';
import { HistoryDrawer } from '../history-drawer';
import { LiveStrip } from '../live-strip';
import { periodText, sideText, t } from '../text';

export const Route = createFileRoute('/w/$workspace/agreements/')({ component: Commitments, validateSearch: readDraft });

const today = (): string => new Date().toISOString().slice(0, 10);

const owedBy = (card: CardView): Side => (card.signed ?? card.waiting)?.commitment.owes ?? 'sales';
/** Withdrawn before anybody signed: only its history is left. */
const onTable = (card: CardView): boolean => card.signed !== null || card.waiting !== null;

const titleOf = (cards: readonly CardView[]): string => {
  const now = cards.filter((card) => card.endedAt === null).flatMap((card) => card.periods.at(-1) ?? []);
  const due = now.reduce((sum, each) => sum + each.due, 0);
  return due === 0 ? t('commitments.title') : t('commitments.titleKept', { kept: now.reduce((sum, each) => sum + each.kept, 0), due });
};

function Commitments() {
  const { workspace } = Route.useParams();
  const here = useStanding(workspace);
  const mayPropose = useRight(workspace, 'agreements:propose');
  const query = useQuery({ ...agreementsCalls.commitments.queryOptions({ input: { workspace } }), refetchInterval: 60_000 });
  const search = Route.useSearch();
  const navigate = useNavigate();
  const [own, setDraft] = useState<CommitmentDraft | null>(null);
  const [act, setAct] = useState<{ act: CardAct; card: CardView } | null>(null);
  const cards = (query.data?.commitments ?? []).filter(onTable);
  // What another page asks to draft stands in the address until it is proposed or put aside.
  const asked = mayPropose && query.data ? commitmentDraft(search, cards, today()) : null;
  const draft = own ?? asked;
  const close = () => {
    setDraft(null);
    if (search.draft) void navigate({ to: '/w/$workspace/agreements', params: { workspace }, search: {}, replace: true });
  };
  const asOf = cards.flatMap((card) => card.asOf ?? []).toSorted()[0];
  const onAct = (what: CardAct, card: CardView) => {
    const says = card.signed ?? card.waiting;
    if (what === 'change' && says) setDraft({ id: card.id, name: card.name, commitment: says.commitment });
    else setAct({ act: what, card });
  };
  const source = asOf ? t('commitments.source', { zone: query.data?.timeZone ?? '', asOf: `${dayText(asOf)}, ${clockText(asOf)}` }) : t('commitments.sourceNone');
  return (
    <Page
      title={titleOf(cards)} source={<>{source}{query.data && <> · <ReviewDay workspace={workspace} review={query.data.review} /></>}</>}
      actions={<><Button variant="default" component={Link} to={`/w/${workspace}/agreements/hours`}>{t('hours.open')}</Button><Button variant="default" component={Link} to={`/w/${workspace}/agreements/review`}>{t('review.open')}</Button>{mayPropose && cards.length > 0 && <Button onClick={() => setDraft({ name: '', commitment: blank(today()) })}>{t('commitments.propose')}</Button>}</>}
    >
      <Answered query={query}>{() => cards.length === 0 ? <Empty workspace={workspace} may={mayPropose} onPropose={() => setDraft({ name: '', commitment: blank(today()) })} /> : <Facing workspace={workspace} left={here.data?.leftSide ?? 'marketing'} cards={cards} onAct={onAct} />}</Answered>
      <CommitmentForm workspace={workspace} draft={draft} onClose={close} />
      <ClocksDrawer workspace={workspace} card={act?.act === 'leads' ? act.card : null} onClose={() => setAct(null)} />
      <HistoryDrawer workspace={workspace} of={act?.act === 'history' ? act.card : null} onClose={() => setAct(null)} />
    </Page>
  );
}

/** The day on which both sides look at what was kept, with the way there; that none is set is said too. */
const ReviewDay = ({ workspace, review }: { workspace: string; review: { period: string; heldOn: string; ahead: boolean } | null }) => (
  <Link to="/w/$workspace/agreements/review" params={{ workspace }} search={review?.ahead ? { period: review.period } : {}}>{review ? t(review.ahead ? 'review.next' : 'review.last', { period: periodText(review.period), day: dayText(`${review.heldOn}T12:00:00`) }) : t('review.noDay')}</Link>
);

const Facing = ({ workspace, left, cards, onAct }: { workspace: string; left: Side; cards: CardView[]; onAct: (act: CardAct, card: CardView) => void }) => {
  const column = (side: Side) => (
    <section className={css.column} aria-labelledby={`owes-${side}`}>
      <h2 id={`owes-${side}`}><FunctionLabel fn={side}>{t('owes', { from: sideText(side), to: sideText(otherSide(side)).toLowerCase() })}</FunctionLabel></h2>
      {cards.every((card) => owedBy(card) !== side) && <p className="meta">{t('owes.none')}</p>}
      {cards.filter((card) => owedBy(card) === side).map((card) => <CommitmentCard key={card.id} workspace={workspace} card={card} onAct={onAct} />)}
    </section>
  );
  return (
    <div className={css.facing}>
      {column(left)}
      <LiveStrip workspace={workspace} names={new Map(cards.map((card) => [card.id, card.name]))} />
      {column(otherSide(left))}
    </div>
  );
};

const Empty = ({ workspace, may, onPropose }: { workspace: string; may: boolean; onPropose: () => void }) => {
  const reload = useReload();
  const example = useMutation({
    mutationFn: async () => {
      for (const { key, commitment } of exampleCommitments(today())) {
        await agreementsClient.proposeCommitment({ workspace, name: t(`example.${key}`), commitment: { ...commitment, origins: [...commitment.origins], channels: [...commitment.channels], pauseStages: [...commitment.pauseStages] } });
      }
    },
    onSuccess: () => say(t('commitments.example.done')), onError: sayFault, onSettled: () => reload(),
  });
  return (
    <EmptyState title={t('commitments.empty')} action={may && <div className={css.acts}><Button onClick={onPropose}>{t('commitments.propose')}</Button><Button variant="default" loading={example.isPending} onClick={() => example.mutate()}>{t('commitments.example')}</Button></div>}>
      <p style={{ margin: 0 }}>{t('commitments.empty.text')}</p>
      {may ? <ul style={{ margin: '8px 0 0', paddingLeft: 20 }}>{(['leads', 'contact', 'case'] as const).map((key) => <li key={key}>{t(`example.${key}`)}</li>)}</ul> : <p style={{ margin: '8px 0 0' }}>{t('commitments.reader')}</p>}
    </EmptyState>
  );
};
