import { SegmentedControl } from '@mantine/core';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { RULE_NAMES, type RuleName } from '../../domain/reconcile';
import { DRAFT_COMMITMENT } from '../two-counts/search';
import { t as words } from '../two-counts/text';
import own from './answers.module.css';
import type { Ruled } from './calls';
import { t } from './text';

/** Whose rule the address asks for; none: all leads count. */
export const useRule = (): RuleName | undefined => {
  const search: Record<string, unknown> = useSearch({ strict: false });
  return RULE_NAMES.find((name) => name === search['rule']);
};

/** All leads, or those that marketing, sales, or both by agreement count; what that means, and the way to where every lead has its row. */
export const RuleSwitch = ({ workspace, rule, ruled, asOf = null }: { workspace: string; rule: RuleName | undefined; ruled: Ruled | undefined; /** The past day that the page shows. */ asOf?: string | null }) => {
  const navigate = useNavigate();
  const choose = (name: string) => {
    // Nothing is agreed yet: the last segment leads to where it can be.
    if (name === 'agreed' && ruled && !ruled.agreed) void navigate({ href: `/w/${workspace}/agreements?${new URLSearchParams(DRAFT_COMMITMENT).toString()}` });
    else void navigate({ to: '.', search: (before: Record<string, unknown>) => ({ ...before, figure: undefined, rule: name === 'all' ? undefined : name }), replace: true } as never);
  };
  const data = ['all' as const, ...RULE_NAMES].map((value) => ({ value, label: value === 'all' ? t('rule.all') : value === 'agreed' && ruled && !ruled.agreed ? words('rule.notAgreed') : words(`rule.${value}`) }));
  const counts = ruled?.counts;
  return (
    <div className={own.rules}>
      <SegmentedControl className={own.ruleSwitch} aria-label={words('rule')} data={data} value={rule ?? 'all'} onChange={choose} />
      <p className={own.note}>{counts ? t('rule.means', { passedOn: words(`passedOn.${counts.passedOn}`), worked: words(`worked.${counts.worked}`) }) : t('rule.all.means')} <Link to="/w/$workspace/pipeline/two-counts" params={{ workspace }} search={{ ...(rule ? { rule } : {}), ...(asOf ? { asOf } : {}) }}>{t('rule.twoCounts')}</Link></p>
    </div>
  );
};

/** On pages whose figures follow the whole log of every lead. */
export const AllLeads = ({ workspace }: { workspace: string }) => <p className={own.note}>{t('rule.everyLead')} <Link to="/w/$workspace/pipeline/two-counts" params={{ workspace }}>{t('rule.twoCounts')}</Link></p>;
