import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { plain } from '../../../lib/plain';
import type { Side } from '../../../lib/vocabulary';
import { FunctionLabel } from '../../../ui/function-mark';
import { Answered } from '../../../ui/page';
import { otherSide } from '../domain/commitment';
import { STARTER_TERMS } from '../domain/terms';
import css from './agreements.module.css';
import { KeptBar } from './bars';
import { agreementsCalls, useRight, type CardView } from './calls';
import { dueText } from './live-strip';
import { t } from './text';

const totals = (cards: readonly CardView[], side: Side) =>
  cards.filter((card) => card.signed?.commitment.owes === side && !card.endedAt).flatMap((card) => card.periods.at(-1) ?? [])
    .reduce((sum, each) => ({ due: sum.due + each.due, kept: sum.kept + each.kept, notYetDue: sum.notYetDue + each.notYetDue, paused: sum.paused + each.paused }), { due: 0, kept: 0, notYetDue: 0, paused: 0 });

/** Home's panel: both sides' word facing from a centre line, what is due next, and which words are still open. */
export const OurWord = ({ workspace, leftSide }: { workspace: string; leftSide: Side }) => {
  const commitments = useQuery(agreementsCalls.commitments.queryOptions({ input: { workspace } }));
  return (
    <>
      <Answered query={commitments} rows={3}>
        {({ commitments: cards }) => {
          const signed = cards.filter((card) => card.signed && !card.endedAt);
          const waiting = cards.filter((card) => card.waiting).length;
          return (
            <div className={css.plain}>
              {signed.length === 0 ? <><p className={css.finding}>{t('word.none')}</p><p>{t('word.none.text')}</p></> : <Facing cards={signed} leftSide={leftSide} />}
              {signed.length > 0 && <Next workspace={workspace} />}
              {waiting > 0 && <p>{t('word.wait', { count: waiting })}</p>}
            </div>
          );
        }}
      </Answered>
      <OpenTerms workspace={workspace} />
    </>
  );
};

const Facing = ({ cards, leftSide }: { cards: readonly CardView[]; leftSide: Side }) => {
  const [left, right] = [totals(cards, leftSide), totals(cards, otherSide(leftSide))];
  const due = left.due + right.due;
  const half = (side: Side, counts: typeof left, fromRight: boolean) => (
    <span>
      <span><FunctionLabel fn={side} /> <span className="meta">{t('word.side', { kept: counts.kept, due: counts.due })}</span></span>
      <span className={css.track}><KeptBar counts={counts} side={side} height={12} fromRight={fromRight} /></span>
    </span>
  );
  return (
    <>
      <p className={css.finding}>{due === 0 ? t('word.nothingDue') : t('word.finding', { kept: left.kept + right.kept, due })}</p>
      <div className={css.word}>{half(leftSide, left, true)}<i />{half(otherSide(leftSide), right, false)}</div>
    </>
  );
};

const Next = ({ workspace }: { workspace: string }) => {
  const may = useRight(workspace, 'clocks:read');
  const live = useQuery({ ...agreementsCalls.live.queryOptions({ input: { workspace, limit: 1 } }), enabled: may, refetchInterval: 60_000 });
  const [next] = live.data ?? [];
  return next ? <p data-user-text>{t('word.next', { account: next.account ?? t('live.unnamed'), span: dueText(next, live.dataUpdatedAt) })}</p> : null;
};

const OpenTerms = ({ workspace }: { workspace: string }) => {
  const terms = useQuery(agreementsCalls.terms.queryOptions({ input: { workspace } }));
  const rows = terms.data ?? [];
  const taken = new Set(rows.filter((row) => row.signed ?? row.waiting).map((row) => plain(row.name)));
  const open = rows.filter((row) => !row.signed && row.waiting).length + STARTER_TERMS.filter((term) => !taken.has(plain(term.name))).length;
  return (
    <div className={css.acts} style={{ marginTop: 'auto', paddingTop: 4, gap: '4px 16px' }}>
      <Link to="/w/$workspace/agreements" params={{ workspace }}>{t('word.open')}</Link>
      {terms.data && open > 0 && <Link to="/w/$workspace/agreements/terms" params={{ workspace }}>{t('word.terms', { count: open })}</Link>}
    </div>
  );
};
