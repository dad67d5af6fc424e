import { IconChevronRight } from '@tabler/icons-react';
import { FunctionShape } from '../../../../ui/function-mark';
import { bridgeBars } from '../../domain/bridge-bars';
import { rowLabel } from '../../domain/count-labels';
import { CHANGER, type DisputedRow } from '../../domain/reconcile';
import type { TwoCountsAnswer } from '../calls';
import { figure, t } from './text';
import css from './two-counts.module.css';

export const labelOf = (row: DisputedRow, counted: TwoCountsAnswer): string =>
  t(rowLabel(row, { rule: counted.rule, worked: counted.counts.worked, daysAssumed: counted.daysAssumed }), { days: counted.counts.dueDays });

const isLoss = (row: DisputedRow): row is keyof typeof CHANGER => row in CHANGER;

/** Losses carry a minus, gains a plus, the two counts neither. */
const signed = (row: DisputedRow, value: number): string => (value === 0 || row === 'passed' || row === 'worked' ? figure(value) : `${isLoss(row) ? '−' : '+'}${figure(value)}`);

const kindOf = (row: DisputedRow): string => (row === 'passed' ? 'marketing' : row === 'worked' || row === 'own_find' ? 'sales' : row === 'not_due' ? 'waiting' : 'loss');

type Row = { row: DisputedRow; figure: number };
type Props = { counted: TwoCountsAnswer; onOpen: (row: DisputedRow) => void };

/** Nine rows from one count to the other; each opens its leads. */
export const Bridge = ({ counted, onOpen }: Props) => {
  const rows: Row[] = [{ row: 'passed', figure: counted.passed }, ...counted.rows.map(({ row, leads }) => ({ row, figure: leads })), { row: 'worked', figure: counted.worked }];
  const bars = bridgeBars(rows);
  return (
    <section aria-labelledby="bridge">
      <h2 id="bridge" className="visually-hidden">{t('bridge')}</h2>
      <div className={css.head} aria-hidden="true"><span>{t('column.row')}</span><span /><span className={css.figure}>{t('column.leads')}</span><span>{t('column.change')}</span></div>
      <ol className={css.bridge}>{rows.map((row, at) => <BridgeRow key={row.row} counted={counted} of={row} bar={bars[at] ?? { start: 0, length: 0 }} onOpen={onOpen} />)}</ol>
      <Footer counted={counted} />
    </section>
  );
};

const BridgeRow = ({ counted, of, bar, onOpen }: { counted: TwoCountsAnswer; of: Row; bar: { start: number; length: number }; onOpen: (row: DisputedRow) => void }) => {
  const untold = counted.gaps.some((gap) => gap.rows.includes(of.row));
  const disputes = counted.openDisputes.find(({ row }) => row === of.row)?.disputes ?? 0;
  const end = of.row === 'passed' ? 'marketing' : of.row === 'worked' ? 'sales' : null;
  return (
    <li>
      <button type="button" className={css.row} data-end={end !== null || undefined} onClick={() => onOpen(of.row)}>
        <span className={css.label}>{end && <FunctionShape fn={end} />}<span>{labelOf(of.row, counted)}</span></span>
        <span className={css.track} aria-hidden="true"><span className={css.bar} data-kind={kindOf(of.row)} style={{ left: `${bar.start * 100}%`, width: `${bar.length * 100}%` }} data-none={bar.length === 0 || undefined} /></span>
        <span className={css.figure}>{signed(of.row, of.figure)}</span>
        <span className={css.chips}>
          {isLoss(of.row) && <Chip who={CHANGER[of.row]} />}
          {untold && <span className={`${css.chip} ${css.untold}`}>{t('untold')}</span>}
          {disputes > 0 && <span className={css.chip}>{t('disputes', { disputes })}</span>}
        </span>
        <IconChevronRight className={css.chevron} size={16} aria-hidden="true" />
      </button>
    </li>
  );
};

const Chip = ({ who }: { who: 'marketing' | 'sales' | 'both' | 'time' }) => (
  <span className={css.chip} data-who={who}>{(who === 'marketing' || who === 'sales') && <FunctionShape fn={who} size={8} />}{t(`change.${who}`)}</span>
);

const Footer = ({ counted }: { counted: TwoCountsAnswer }) => (
  <div className={css.footer}>
    <span className="meta">{t('footer')}</span>
    <dl>
      {(['marketing', 'sales', 'both', 'time'] as const).map((who) => <div key={who}><dt><Chip who={who} /></dt><dd>{figure(counted.byChanger[who])}</dd></div>)}
    </dl>
  </div>
);
