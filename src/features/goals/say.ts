import { formatIcu, type Values } from '../../lib/icu';
import type { InferContractRouterOutputs } from '@orpc/contract';
import type { goalsContract } from './contract';
import { periodText, valueText } from './domain/format';
import messages from './messages/en.json';

type Metrics = InferContractRouterOutputs<typeof goalsContract>['metrics'];
type MetricView = Metrics['metrics'][number];

/** The pages' texts, for files and mails made on the server. */
export const say = (key: keyof typeof messages, values: Values = {}): string => formatIcu(messages[key], 'en', values);
export const named = (prefix: string, id: string): string => {
  const key = `${prefix}.${id}`;
  return key in messages ? say(key as keyof typeof messages) : id;
};

export const periodSaid = (period: Metrics['period']): string => periodText(period, (quarter, year) => say('period.quarter.of', { quarter, year }));

export const figureSaid = (value: number, unit: MetricView['unit'], currency: string | null): string => valueText(value, unit, currency, (days) => say('unit.days', { days }));

/** The figure, or why there is none. */
export const valueSaid = ({ value, reason, unit }: Pick<MetricView, 'value' | 'reason' | 'unit'>, currency: string | null): string => (value === null ? named('reason', reason ?? 'not_given') : figureSaid(value, unit, currency));
