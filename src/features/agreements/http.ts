import { implement } from '@orpc/server';
import type { Context } from '../../platform/rpc/context';
import { refuse } from '../../platform/http/refusal';
import { allow, withWorkspace, type Scope } from '../../platform/rpc/with-workspace';
import { workspaceFacts } from '../workspace/public';
import { calendarRows, countClocks, listClocks, nextDue } from './clocks-repo';
import { propose, proposeEnd } from './commands/propose';
import { readCards } from './commands/read-commitments';
import { addAction, presentClocks, readReview, reviewDay, setAction, setReview } from './commands/review';
import { setCalendar } from './commands/set-calendar';
import { sign, withdraw } from './commands/sign';
import { loadTeams } from './commands/work-out';
import { agreementsContract } from './contract';
import { boundsOf } from './domain/periods';
import { usualCalendar, type Calendar } from './domain/working-time';
import { can, type AgreementsAction } from './policy';
import { presentCommitmentCard, presentHistory, presentTerm } from './present';
import { agreements } from './terms-repo';

const os = implement(agreementsContract).$context<Context>();
const done = { done: true as const };

const READING: Readonly<Partial<Record<AgreementsAction, string>>> = { 'agreements:read': 'see agreements', 'clocks:read': 'see which accounts wait' };

const reading = <T>(context: Context, workspace: string, action: AgreementsAction, work: (scope: Scope) => Promise<T>): Promise<T> =>
  withWorkspace(context, workspace, 'agreements:read', (scope) => {
    allow(can(scope.me, action), READING[action] ?? action);
    return work(scope);
  });
const writing = <T>(context: Context, workspace: string, work: (scope: Scope) => Promise<T>): Promise<T> => withWorkspace(context, workspace, 'agreements:write', work);
const how = (context: Context) => ({ byToken: context.actor?.kind === 'token' });

const presentCalendar = (territory: string, { zone, week, exceptions }: Calendar, changedAt: Date | null) => ({
  territory, changedAt: changedAt?.toISOString() ?? null,
  calendar: { zone, week: week.map((hours) => hours.map(({ from, to }) => ({ from, to }))), exceptions: exceptions.map(({ date, name, hours }) => ({ date, name, hours: hours.map(({ from, to }) => ({ from, to })) })) },
});

export const agreementsRouter = os.router({
  terms: os.terms.handler(({ context, input }) => reading(context, input.workspace, 'agreements:read', async ({ tx }) => (await agreements(tx, { kind: 'term' })).map(presentTerm))),
  commitments: os.commitments.handler(({ context, input }) =>
    reading(context, input.workspace, 'agreements:read', async (scope) => {
      const { zone, cards } = await readCards(scope);
      return { now: scope.now.toISOString(), timeZone: zone, commitments: cards.map(({ row, periods }) => presentCommitmentCard(row, periods)), review: await reviewDay(scope, zone) };
    }),
  ),
  history: os.history.handler(({ context, input }) =>
    reading(context, input.workspace, 'agreements:read', async ({ tx }) => {
      const [row] = await agreements(tx, { id: input.id });
      if (!row) throw refuse.notFound('agreement');
      return presentHistory(row);
    }),
  ),
  proposeTerm: os.proposeTerm.handler(({ context, input }) => writing(context, input.workspace, (scope) => propose(scope, { ...input, commitment: null }, how(context)))),
  proposeCommitment: os.proposeCommitment.handler(({ context, input }) => writing(context, input.workspace, (scope) => propose(scope, { ...input, term: null }, how(context)))),
  proposeEnd: os.proposeEnd.handler(({ context, input }) => writing(context, input.workspace, (scope) => proposeEnd(scope, input.id, input.note, how(context)))),
  sign: os.sign.handler(({ context, input }) => writing(context, input.workspace, async (scope) => ({ waitingFor: await sign(scope, input.id, input.version, how(context).byToken) }))),
  withdraw: os.withdraw.handler(({ context, input }) =>
    writing(context, input.workspace, async (scope) => {
      await withdraw(scope, input.id, input.version);
      return done;
    }),
  ),
  live: os.live.handler(({ context, input }) =>
    reading(context, input.workspace, 'clocks:read', async (scope) => presentClocks(scope, await nextDue(scope.tx, scope.now, input.limit), (await loadTeams(scope.tx)).teams)),
  ),
  clocks: os.clocks.handler(({ context, input }) =>
    reading(context, input.workspace, 'clocks:read', async (scope) => {
      const [row] = await agreements(scope.tx, { id: input.id });
      if (row?.kind !== 'commitment') throw refuse.notFound('commitment');
      const { teams, zone } = await loadTeams(scope.tx);
      const filter = { agreementId: input.id, state: input.state, now: scope.now, ...(input.period ? boundsOf(input.period, zone) : {}) };
      return { total: await countClocks(scope.tx, filter), rows: await presentClocks(scope, await listClocks(scope.tx, filter, { limit: input.limit, offset: input.offset, order: 'latest' }), teams) };
    }),
  ),
  calendars: os.calendars.handler(({ context, input }) =>
    reading(context, input.workspace, 'agreements:read', async ({ tx }) => {
      const rows = await calendarRows(tx);
      const own = rows.map((row) => presentCalendar(row.territory, row.calendar, row.changedAt));
      return rows.some((row) => row.territoryKey === '') ? own : [presentCalendar('', usualCalendar((await workspaceFacts(tx)).timeZone), null), ...own];
    }),
  ),
  setCalendar: os.setCalendar.handler(({ context, input }) =>
    writing(context, input.workspace, async (scope) => {
      const row = await setCalendar(scope, input.territory, input.calendar);
      return presentCalendar(row.territory, row.calendar, row.changedAt);
    }),
  ),
  review: os.review.handler(({ context, input }) => reading(context, input.workspace, 'agreements:read', (scope) => readReview(scope, input.period))),
  setReview: os.setReview.handler(({ context, input }) =>
    writing(context, input.workspace, async (scope) => {
      await setReview(scope, input.period, input.heldOn);
      return done;
    }),
  ),
  addAction: os.addAction.handler(({ context, input: { workspace, period, ...action } }) => writing(context, workspace, (scope) => addAction(scope, period, action))),
  setAction: os.setAction.handler(({ context, input }) => writing(context, input.workspace, (scope) => setAction(scope, input.id, input.done))),
});
