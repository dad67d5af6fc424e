import { NumberInput, SegmentedControl, Select, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { useNavigate } from '@tanstack/react-router';
import { AsOfField } from '../../../../ui/past-day';
import { dayText } from '../../../../ui/when';
import type { RuleName } from '../../domain/reconcile';
import type { TwoCountsAnswer } from '../calls';
import { DRAFT_COMMITMENT, daysOf, periodName, PERIODS, type CountSearch, type PeriodName } from './search';
import { t } from './text';
import css from './two-counts.module.css';

type Props = { workspace: string; counted: TwoCountsAnswer; search: CountSearch; go: (change: CountSearch) => void };

/** Whose rule, which leads, how many days; and what the rule means, in words. */
export const Controls = (props: Props) => {
  const { counted } = props;
  const { passedOn, worked, dueDays } = counted.counts;
  return (
    <div className={css.controls}>
      <RuleSwitch {...props} />
      <Period search={props.search} go={props.go} />
      <Days {...props} />
      <AsOfField className={css.days} day={props.search.asOf} onChange={(asOf) => props.go({ asOf })} />
      <p className={css.means}>{t('rule.means', { passedOn: t(`passedOn.${passedOn}`), worked: t(`worked.${worked}`), days: dueDays, assumed: String(counted.daysAssumed) })}</p>
    </div>
  );
};

const RuleSwitch = ({ workspace, counted, go }: Props) => {
  const navigate = useNavigate();
  const choose = (name: string) => {
    // Nothing is agreed yet: the third segment leads to where it can be. What is signed for a later day is only shown there.
    if (name === 'agreed' && !counted.agreed) void navigate({ href: `/w/${workspace}/agreements${counted.agreedFrom ? '' : `?${new URLSearchParams(DRAFT_COMMITMENT).toString()}`}` });
    else go({ rule: name as RuleName });
  };
  const options = (['marketing', 'sales', 'agreed'] as const).map((value) => ({ value, label: value === 'agreed' && !counted.agreed ? (counted.agreedFrom ? t('rule.agreedFrom', { day: dayText(`${counted.agreedFrom}T12:00:00`) }) : t('rule.notAgreed')) : t(`rule.${value}`) }));
  return <SegmentedControl aria-label={t('rule')} className={css.switch} data={options} value={counted.rule} onChange={choose} />;
};

const today = (): string => new Intl.DateTimeFormat('sv-SE').format(new Date());

const Period = ({ search, go }: Pick<Props, 'search' | 'go'>) => {
  const name = periodName(search, today());
  const choose = (chosen: string | null) => {
    const { from, to } = daysOf((chosen ?? 'all') as PeriodName, today());
    go({ from, to });
  };
  return (
    <>
      <Select className={css.period} label={t('period')} data={PERIODS.map((value) => ({ value, label: t(`period.${value}`) }))} value={name} onChange={choose} />
      {name === 'own' && (
        <>
          <TextInput type="date" label={t('period.from')} defaultValue={search.from ?? ''} onChange={(event) => event.currentTarget.value && go({ from: event.currentTarget.value })} />
          <TextInput type="date" label={t('period.to')} defaultValue={search.to ?? ''} onChange={(event) => event.currentTarget.value && go({ to: event.currentTarget.value })} />
        </>
      )}
    </>
  );
};

const Days = ({ counted, go }: Props) => {
  const set = useDebouncedCallback((value: string | number) => typeof value === 'number' && go({ dueDays: value }), 400);
  return <NumberInput className={css.days} label={t('days')} suffix={` ${t(counted.daysAssumed ? 'days.short' : 'days.set')}`} min={0} max={365} allowDecimal={false} clampBehavior="strict" defaultValue={counted.counts.dueDays} onChange={set} />;
};
