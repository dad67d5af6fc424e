import { daysLater } from '../../../lib/moments';
import { instantOf, wallClock } from '../../../lib/zoned-time';
import type { Scope } from '../../../platform/rpc/with-workspace';
import { refuse } from '../../../platform/http/refusal';
import { workspaceFacts } from '../../workspace/public';
import { agreedRule, type AgreedRule } from '../agreed-rule';
import { asOfDay } from '../asked-day';
import { gapsOf, type CountGap } from '../domain/count-gaps';
import { ASSUMED_DAYS, reconcile, USUAL_RULES, type Bridge, type CountGroup, type CountRule, type Frame, type RuleName } from '../domain/reconcile';
import { notAgreed } from '../rule-repo';
import type { CountFrameInput } from '../two-counts-contract';
import { anyPasses, countGroups, type Counted } from '../two-counts-repo';

export type TwoCounts = {
  of: Counted;
  rule: RuleName;
  counts: CountRule;
  agreed: AgreedRule | null;
  /** From when on a signed rule counts that does not yet. */
  comesOn: string | null;
  daysAssumed: boolean;
  groups: CountGroup[];
  bridge: Bridge;
  gaps: CountGap[];
  /** Days of the workspace's zone. */
  first: string | null;
  last: string | null;
};

/** What is due by now is asked of the last quarter of an hour, so that looking twice does not count twice. */
const QUARTER_HOUR = 900_000;

/** Midnights of the workspace's zone around the days asked for. */
const periodOf = ({ from, to }: CountFrameInput, zone: string): { from: number | null; to: number | null } => {
  if (from && to && from > to) throw refuse.invalid('The period ends before it begins. Nothing was saved.', 'Give a last day that is not before the first.');
  const midnight = (day: string): number | null => instantOf(`${day}T00:00`, zone)?.getTime() ?? null;
  return { from: from ? midnight(from) : null, to: to ? midnight(daysLater(to, 1)) : null };
};

/** Both counts and every lead between them, under the rule asked for. @throws 409 for an agreed rule that nobody signed yet, 422 for a day to come */
export const countBoth = async (scope: Scope, asked: CountFrameInput): Promise<TwoCounts> => {
  const { timeZone } = await workspaceFacts(scope.tx);
  const asOf = await asOfDay(scope, asked.asOf);
  const { rule: agreed, comesOn } = await agreedRule(scope.tx, asOf ?? scope.now);
  const rule = asked.rule ?? (agreed ? 'agreed' : 'marketing');
  if (rule === 'agreed' && !agreed) throw notAgreed();
  const usual = rule === 'agreed' && agreed ? { passedOn: agreed.passedOn, worked: agreed.worked } : USUAL_RULES[rule === 'sales' ? 'sales' : 'marketing'];
  const counts: CountRule = { ...usual, dueDays: asked.dueDays ?? agreed?.dueDays ?? ASSUMED_DAYS };
  const marked = await anyPasses(scope.tx, scope.workspaceId, asOf);
  const frame: Frame = { ...periodOf(asked, timeZone), now: asOf?.getTime() ?? Math.floor(scope.now.getTime() / QUARTER_HOUR) * QUARTER_HOUR, rule: counts, by: counts.passedOn === 'entered' || !marked ? 'entries' : 'passes' };
  const of = { workspaceId: scope.workspaceId, frame, asOf };
  const { groups, first, last } = await countGroups(scope.tx, of);
  const dayOf = (at: number | null): string | null => (at === null ? null : wallClock(new Date(at), timeZone).slice(0, 10));
  return { of, rule, counts, agreed, comesOn, daysAssumed: agreed === null || counts.dueDays !== agreed.dueDays, groups, bridge: reconcile(groups, counts), gaps: gapsOf(groups, counts, marked), first: dayOf(first), last: dayOf(last) };
};
