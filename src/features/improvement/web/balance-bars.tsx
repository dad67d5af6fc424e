import type { Side } from '../../../lib/vocabulary';
import { FunctionLabel } from '../../../ui/function-mark';
import type { Problem } from './calls';
import css from './home.module.css';
import { t } from './home-text';

/** Two bars facing each other, and a warning in words when one side carries too much. */
export const BalanceBars = ({ balance }: { balance: Problem['balance'] }) => {
  const most = Math.max(balance.sales, balance.marketing, 1);
  const bar = (side: Side) => (
    <span><FunctionLabel fn={side} /><span className={css.bar} style={{ width: `${(100 * balance[side]) / most}%`, background: `var(--${side})` }} /></span>
  );
  return (
    <>
      <div className={css.facing} role="img" aria-label={t('balance.sentence', balance)}>{bar('sales')}<i />{bar('marketing')}</div>
      <p>{t('balance.sentence', balance)}. {balance.heavy ? t(`balance.heavy.${balance.heavy}`) : t(balance.sales + balance.marketing === 0 ? 'balance.none' : 'balance.even')}</p>
    </>
  );
};
