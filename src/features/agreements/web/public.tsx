import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { plain } from '../../../lib/plain';
import type { Side } from '../../../lib/vocabulary';
import { FunctionLabel } from '../../../ui/function-mark';
import { Answered } from '../../../ui/page';
import { otherSide } from '../domain/commitment';
import { lastPeriods, quarterOf } from '../domain/periods';
import { STARTER_TERMS } from '../domain/terms';
import css from './agreements.module.css';
import { KeptBar } from './bars';
import { agreementsCalls, useRight, type CardView } from './calls';
import { dueText } from './live-strip';
import { t } from './text';

type Sum = { due: number; kept: number; notYetDue: number; paused: number };
const NONE: Sum = { due: 0, kept: 0, notYetDue: 0, paused: 0 };

/** What came due in the last whole quarter and since: what is counted by month or quarter is due at its end, so that one quarter alone would show one side only. */
const totals = (cards: readonly CardView[], side: Side, quarters: readonly string[]): Sum =>
  cards.filter((card) => card.signed?.commitment.owes === side && !card.endedAt).flatMap((card) => card.periods.filter(({ period }) => quarters.includes(quarterOf(period))))
    .reduce((sum, each) => ({ due: sum.due + each.due, kept: sum.kept + each.kept, notYetDue: sum.notYetDue + each.notYetDue, paused: sum.paused + each.paused }), NONE);

const DAY = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', timeZone: 'UTC' });
const firstDay = (quarter: string): string => DAY.format(new Date(Date.UTC(Number(quarter.slice(0, 4)), (Number(quarter.slice(-1)) - 1) * 3, 1)));

/** Home's panel: both sides' word facing from a centre line, what is due next, and which terms still need both signatures. */
export const OurWord = ({ workspace, leftSide }: { workspace: string; leftSide: Side }) => {
  const commitments = useQuery(agreementsCalls.commitments.queryOptions({ input: { workspace } }));
  return (
    <>
      <Answered query={commitments} rows={3}>
        {({ commitments: cards, timeZone }) => {
          const signed = cards.filter((card) => card.signed && !card.endedAt);
          const waiting = cards.filter((card) => card.waiting).length;
          return (
            <div className={css.plain}>
              {signed.length === 0 ? <><p className={css.finding}>{t('word.none')}</p><p>{t('word.none.text')}</p></> : <Facing cards={signed} leftSide={leftSide} quarters={lastPeriods(new Date(), timeZone, 'quarter', 2)} />}
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

const Facing = ({ cards, leftSide, quarters }: { cards: readonly CardView[]; leftSide: Side; quarters: readonly string[] }) => {
  const [left, right] = [totals(cards, leftSide, quarters), totals(cards, otherSide(leftSide), quarters)];
  const due = left.due + right.due;
  const half = (side: Side, counts: typeof left, fromRight: boolean) => (
    <span>
      <span><FunctionLabel fn={side} /> <span className="meta">{t('word.side', { kept: counts.kept, due: counts.due })}</span></span>
      <span className={css.track}><KeptBar counts={counts} side={side} height={12} fromRight={fromRight} /></span>
    </span>
  );
  return (
    <>
      <p className={css.finding}>{due === 0 ? t('word.nothingDue') : t('word.finding', { kept: left.kept + right.kept, due, since: firstDay(quarters[0] ?? '') })}</p>
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

/** Proposed and not signed first, then the words that both are known to read differently. */
const OpenTerms = ({ workspace }: { workspace: string }) => {
  const terms = useQuery(agreementsCalls.terms.queryOptions({ input: { workspace } }));
  const rows = terms.data ?? [];
  const taken = new Set(rows.filter((row) => row.signed ?? row.waiting).map((row) => plain(row.name)));
  const open = [...rows.filter((row) => !row.signed && row.waiting), ...STARTER_TERMS.filter((term) => !taken.has(plain(term.name)))].map(({ name }) => name);
  return (
    <div className={css.foot}>
      {terms.data && open.length > 0 && <p data-user-text>{t('word.terms', { count: open.length, names: open.slice(0, SHOWN).join(', '), more: Math.max(0, open.length - SHOWN) })}</p>}
      <div className={css.acts}>
        <Link to="/w/$workspace/agreements" params={{ workspace }}>{t('word.open')}</Link>
        <Link to="/w/$workspace/agreements/terms" params={{ workspace }}>{t('word.openTerms')}</Link>
      </div>
    </div>
  );
};

const SHOWN = 4;
