import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { draftOf } from '../../domain/count-drafts';
import type { DisputedRow } from '../../domain/reconcile';
import { dayText } from '../../../../ui/when';
import type { TwoCountsAnswer } from '../calls';
import { labelOf } from './bridge';
import { figure, t } from './text';

export const figureOf = (row: DisputedRow, counted: TwoCountsAnswer): number => (row === 'passed' ? counted.passed : row === 'worked' ? counted.worked : (counted.rows.find((each) => each.row === row)?.leads ?? 0));

/** What the row says, as the reason of a proposal. */
const facts = (row: DisputedRow, counted: TwoCountsAnswer): string => {
  const { first, last } = counted.period;
  return t('draft.facts', { row: labelOf(row, counted), figure: figure(figureOf(row, counted)), passed: figure(counted.passed), rule: t(`rule.${counted.rule}`).toLowerCase(), period: first && last ? t('draft.period', { from: dayText(first), to: dayText(last) }) : '' });
};

/** Where a row leads: the draft of a term or of a promise, filled in with what the row says. */
export const DraftLink = ({ workspace, row, counted }: { workspace: string; row: DisputedRow; counted: TwoCountsAnswer }) => {
  const draft = draftOf(row, counted.counts.dueDays);
  const to = draft.draft === 'term' ? `/w/${workspace}/agreements/terms` : `/w/${workspace}/agreements`;
  return <Button variant="default" component={Link} to={to} search={{ ...draft, note: facts(row, counted) } as never}>{t(draft.draft === 'term' ? 'panel.term' : 'panel.commitment')}</Button>;
};
