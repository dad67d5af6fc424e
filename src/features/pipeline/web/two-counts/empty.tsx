import { SIDES, type Side } from '../../../../lib/vocabulary';
import { FunctionLabel } from '../../../../ui/function-mark';
import { EmptyState } from '../../../../ui/page';
import { COLUMNS, type Missing } from '../../domain/count-gaps';
import type { TwoCountsAnswer } from '../calls';
import { BringIn } from '../bring-in';
import { t } from './text';
import css from './two-counts.module.css';

/** Which columns make a side's export tell its rows. */
const HELPING: Readonly<Record<Side, readonly Missing[]>> = { marketing: ['match', 'passing_date'], sales: ['match', 'owner', 'return', 'contact'] };

const columnsFor = (side: Side): string => {
  const all = HELPING[side].flatMap((missing) => COLUMNS[missing]);
  const systems = [...new Set(all.map(({ system }) => system))];
  return systems.map((system) => `${system}: ${[...new Set(all.filter((column) => column.system === system).map(({ heading }) => heading))].join(', ')}`).join(' · ');
};

/** Which two exports show it, and which of them is here. */
export const Empty = ({ workspace, counted }: { workspace: string; counted: TwoCountsAnswer }) => {
  const here = (side: Side) => counted.sources.filter((source) => source.side === side && source.records > 0).map(({ name }) => name);
  return (
    <EmptyState title={t('empty.title')} action={<BringIn workspace={workspace} label={t('empty.import')} />}>
      <p>{t('empty.text')}</p>
      <ul className={css.two}>
        {SIDES.toSorted().map((side) => (
          <li key={side}>
            <FunctionLabel fn={side} /> <span className={css.quiet}>{here(side).length > 0 ? t('empty.have', { sources: here(side).join(', ') }) : t('empty.missing')}</span>
            <p>{t(`empty.${side}`)}</p>
            <p className="meta">{t('empty.columns', { columns: columnsFor(side) })}</p>
          </li>
        ))}
      </ul>
    </EmptyState>
  );
};
