import type { TwoCountsAnswer } from '../calls';
import { labelOf } from './bridge';
import { t } from './text';
import css from './two-counts.module.css';

type Gap = TwoCountsAnswer['gaps'][number];

/** Why a row cannot be told, and the column of an export that would tell it. */
export const GapNote = ({ gap }: { gap: Gap }) => (
  <>
    <p>{t(`missing.${gap.missing}`)}</p>
    <p className="meta">{t('missing.columns')}</p>
    <ul className={css.columns}>{gap.columns.map(({ system, heading }) => <li key={`${system} ${heading}`}>{system}: <code>{heading}</code></li>)}</ul>
  </>
);

export const Gaps = ({ counted }: { counted: TwoCountsAnswer }) =>
  counted.gaps.length === 0 ? null : (
    <section className={css.gaps} aria-labelledby="untold">
      <h2 id="untold" className="lead">{t('untold.open')}</h2>
      {counted.gaps.map((gap) => (
        <div key={gap.missing} className={css.gap}>
          <strong>{gap.rows.map((row) => labelOf(row, counted)).join(' · ')}</strong>
          <GapNote gap={gap} />
        </div>
      ))}
    </section>
  );
