import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import type { Side } from '../../../lib/vocabulary';
import dataCss from '../../../ui/data.module.css';
import { FunctionLabel, functionName } from '../../../ui/function-mark';
import { say, sayFault } from '../../../ui/notify';
import { Answered, EmptyState, Pending } from '../../../ui/page';
import { When } from '../../../ui/when';
import { can } from '../policy';
import { goalsCalls, goalsClient, type GoalView, type NumberView } from './calls';
import css from './goals.module.css';
import { NumberFacts, NumberLine, numberSentence } from './number-line';
import { moneyText, periodText, shareText, t } from './text';
import type { Me } from './use-me';

/** Few propose, everybody reads. */
const ProposeTarget = lazy(() => import('./propose-target').then((part) => ({ default: part.ProposeTarget })));

/** Figures of the targets under way, what waits for a signature, and what was agreed before. */
export const Targets = ({ workspace, me, numbers }: { workspace: string; me: Me; numbers: NumberView[] }) => {
  const goals = useQuery(goalsCalls.goals.queryOptions({ input: { workspace } }));
  const [proposing, setProposing] = useState(false);
  const mayPropose = can(me, 'goals:propose');
  const button = mayPropose && !proposing ? <Button onClick={() => setProposing(true)}>{t('targets.propose')}</Button> : undefined;
  return (
    <section className={dataCss.section} aria-labelledby="targets">
      <h2 id="targets" className="lead">{t('targets.title')}</h2>
      <Answered query={goals} rows={3}>
        {(rows) => (
          <>
            {rows.filter((row) => row.waiting).map((row) => <Waits key={row.id} workspace={workspace} row={row} me={me} />)}
            {numbers.length > 0 && <div className={css.cards}>{numbers.map((number) => <Card key={number.goal} number={number} />)}</div>}
            {rows.length === 0 && !proposing ? <EmptyState title={t('targets.empty')} action={button}>{t(mayPropose ? 'targets.empty.text' : 'targets.empty.reader')}</EmptyState> : button && <div>{button}</div>}
            {proposing && <Suspense fallback={<Pending rows={3} />}><ProposeTarget workspace={workspace} rows={rows} isHead={me.headOf !== null} close={() => setProposing(false)} /></Suspense>}
            <Signed rows={rows} />
          </>
        )}
      </Answered>
    </section>
  );
};

/** The same as it stood on a past day: nothing is proposed or signed there. */
export const PastTargets = ({ numbers }: { numbers: NumberView[] }) => (
  <section className={dataCss.section} aria-labelledby="targets">
    <div><h2 id="targets" className="lead">{t('targets.title')}</h2><div className="meta">{t(numbers.length > 0 ? 'targets.past' : 'targets.past.none')}</div></div>
    {numbers.length > 0 && <div className={css.cards}>{numbers.map((number) => <Card key={number.goal} number={number} past />)}</div>}
  </section>
);

const Card = ({ number, past = false }: { number: NumberView; past?: boolean }) => {
  const { expected, toDate, currency } = number;
  return (
    <article className={`panel ${css.card}`}>
      <h3>{periodText(number.period)}</h3>
      <p className={css.finding}>{numberSentence(number, past)}</p>
      <NumberLine number={number} past={past} />
      <NumberFacts number={number} past={past} />
      <p className="meta">
        {expected.value === null ? t('number.method.none') : t('number.method', { open: expected.openLeads, rate: shareText(expected.closeRate.value ?? 0), ended: expected.closeRate.n, average: moneyText(expected.averageOrder.value ?? 0, currency), inTime: shareText(expected.closingInTime) })}
        {' '}{t('number.counted', { orders: toDate.orders, deals: toDate.deals, covered: toDate.covered, other: toDate.otherCurrency, without: toDate.withoutValue })}
      </p>
    </article>
  );
};

const sideNames = (sides: readonly Side[]): string => new Intl.ListFormat('en').format(sides.map(functionName));

const Waits = ({ workspace, row, me }: { workspace: string; row: GoalView; me: Me }) => {
  const queries = useQueryClient();
  const version = row.waiting;
  const done = (message: string) => {
    say(message);
    return queries.invalidateQueries({ queryKey: goalsCalls.key() });
  };
  const input = { workspace, id: row.id, version: version?.version ?? 0 };
  const sign = useMutation({ mutationFn: () => goalsClient.sign(input), onSuccess: () => done(t('targets.signed')), onError: sayFault });
  const withdraw = useMutation({ mutationFn: () => goalsClient.withdraw(input), onSuccess: () => done(t('targets.withdrawn')), onError: sayFault });
  if (!version) return null;
  const mine = me.headOf !== null && version.waitsFor.includes(me.headOf);
  return (
    <div className={css.waits}>
      <div>
        <strong>{t('targets.waits', { period: periodText(row.period), amount: moneyText(version.amount, version.currency), sides: sideNames(version.waitsFor) })}</strong>
        <div className="meta">
          {t('targets.by', { name: version.proposedByName })} · <When at={version.proposedAt} />
          {row.inForce && <> · {t('targets.insteadOf', { amount: moneyText(row.inForce.amount, row.inForce.currency) })}</>}
          {version.note && <> · <span data-user-text>{version.note}</span></>}
        </div>
      </div>
      <div className={dataCss.chips}>
        {can(me, 'goals:propose') && <Button variant="default" loading={withdraw.isPending} onClick={() => withdraw.mutate()}>{t('targets.withdraw')}</Button>}
        {mine && <Button loading={sign.isPending} onClick={() => sign.mutate()}>{t('targets.sign')}</Button>}
      </div>
    </div>
  );
};

/** Every target both signed, with who signed it; versions that were replaced stay readable. */
const Signed = ({ rows }: { rows: readonly GoalView[] }) => {
  const signed = rows.flatMap((row) => row.history.filter((version) => version.signedAt).map((version) => ({ row, version })));
  if (signed.length === 0) return null;
  return (
    <details>
      <summary>{t('targets.history', { count: signed.length })}</summary>
      <div className={dataCss.scroll}>
        <table className={dataCss.table}>
          <thead><tr><th scope="col">{t('targets.period')}</th><th scope="col" className={dataCss.number}>{t('number.target')}</th><th scope="col">{t('targets.signatures')}</th></tr></thead>
          <tbody>
            {signed.map(({ row, version }) => (
              <tr key={`${row.id}-${version.version}`}>
                <td>{periodText(row.period)}<div className="meta">{t('targets.version', { version: version.version })}{row.inForce?.version === version.version ? '' : ` · ${t('targets.replaced')}`}</div></td>
                <td className={dataCss.number}>{moneyText(version.amount, version.currency)}</td>
                <td>{version.signatures.map((each) => <div key={each.side}><FunctionLabel fn={each.side}>{each.name}</FunctionLabel> <span className="meta"><When at={each.signedAt} /></span></div>)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
};
