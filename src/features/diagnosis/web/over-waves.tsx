import { Fragment } from 'react';
import { SIDES, type Side } from '../../../lib/vocabulary';
import { FunctionLabel } from '../../../ui/function-mark';
import { PARTS } from '../domain/over-waves';
import type { View } from './calls';
import css from './over-waves.module.css';
import own from './diagnosis.module.css';
import { t } from './text';

type Over = NonNullable<View['overWaves']>;
type Row = Over['rows'][number];

const signed = (value: number): string => `${value > 0 ? '+' : ''}${value.toFixed(1)}`.replace('-', '−');
/** The axis of changes: so many points either way, further ones at its end. */
const REACH = 1.5;
const at = (value: number): string => `${(50 + (50 * Math.max(-REACH, Math.min(REACH, value))) / REACH).toFixed(2)}%`;

/** The same sections survey after survey, each with its change and interval; what moved together is no more than that. */
export const OverWaves = ({ over }: { over: View['overWaves'] }) => (
  <section className={own.section} aria-labelledby="over">
    <h2 id="over">{t('over.title')}</h2>
    {over ? <Told over={over} /> : <p>{t('over.none')}</p>}
  </section>
);

const Told = ({ over }: { over: Over }) => (
  <>
    <p className="meta">{t('over.text', { surveys: over.waves.map(({ name }) => name).join(' → ') })}</p>
    {SIDES.map((side) => <Moved key={side} over={over} side={side} />)}
    <div className={css.parts}>
      {PARTS.map((part) => {
        const rows = over.rows.filter((row) => row.part === part);
        return rows.length > 0 && (
          <div key={part}>
            <h3>{t(`chain.${part}`)}</h3>
            <ul className={css.rows}>
              {[...new Set(rows.map(({ sectionId }) => sectionId))].map((section) => (
                <li key={section}><span className={css.name}>{t(`section.${section}` as 'section.2')}</span>{rows.filter(({ sectionId }) => sectionId === section).map((row) => <Line key={row.side} row={row} />)}</li>
              ))}
            </ul>
          </div>
        );
      })}
    </div>
    <h3>{t('over.causes')}</h3>
    <dl className={css.causes}>
      {over.causes.map(({ cause, standings }) => <Fragment key={cause}><dt>{t(`cause.${cause}`)}</dt><dd>{standings.map((standing) => t(`standing.${standing}`).toLowerCase()).join(' → ')}</dd></Fragment>)}
    </dl>
    <p className="meta">{t('over.method')}</p>
  </>
);

const Moved = ({ over, side }: { over: Over; side: Side }) => {
  const parts = over.moved.filter((each) => each.side === side && each.of > 0);
  return parts.length === 0 ? null : <p><FunctionLabel fn={side} />: {parts.map(({ part, up, down, of }) => t('over.moved', { part: t(`chain.${part}`).toLowerCase(), up, down, of })).join('; ')}.</p>;
};

const Line = ({ row: { side, means, change } }: { row: Row }) => (
  <span className={css.line}>
    <span><FunctionLabel fn={side} /></span>
    <span className={css.means}>{means.map((mean) => mean?.toFixed(1) ?? '–').join(' → ')}</span>
    {change ? (
      <>
        <svg height="16" aria-hidden="true"><line x1="50%" x2="50%" y1="0" y2="16" stroke="var(--mark)" /><line x1={at(change.low)} x2={at(change.high)} y1="8" y2="8" stroke={`var(--${side})`} strokeWidth="2" /><circle cx={at(change.value)} cy="8" r="4" fill={`var(--${side})`} /></svg>
        <span className={css.change}>{t('over.change', { value: signed(change.value), low: signed(change.low), high: signed(change.high) })}</span>
      </>
    ) : <span className={`meta ${css.untold}`}>{t('over.untold')}</span>}
  </span>
);
