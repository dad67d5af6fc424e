import { Button } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import css from '../../../../ui/data.module.css';
import { Answered } from '../../../../ui/page';
import { customersCalls, type ImportDetail, type SampleRow } from '../calls';
import { cellText, coded, countText, t } from '../text';

const OUTCOMES = ['new', 'changed', 'same', 'merged', 'rejected'] as const;
type Outcome = (typeof OUTCOMES)[number];

/** Enough to see what the file is about; more on demand. */
const FEW = 8;
const MANY = 100;

const What = ({ row }: { row: SampleRow }) => (
  <span>
    {row.outcome === 'rejected' && <strong>{coded('problem', row.problem ?? '')}{row.detail ? ` (${row.detail})` : ''}. </strong>}
    <span className={css.quiet}>
      {row.values.slice(0, 12).map(({ field, before, after }) => (row.outcome === 'changed' ? t('rows.change', { field: coded('field', field), before: cellText(before), after: cellText(after) }) : t('rows.value', { field: coded('field', field), value: cellText(after) }))).join(' · ')}
      {row.values.length > 12 && ' …'}
    </span>
  </span>
);

/** Five counts that add up to the rows of the file; each opens its rows. */
export const Rows = ({ workspace, detail }: { workspace: string; detail: ImportDetail }) => {
  const first = OUTCOMES.find((key) => key === 'rejected' && detail.counts.rejected > 0) ?? OUTCOMES.find((key) => detail.counts[key] > 0) ?? 'new';
  const [chosen, setChosen] = useState<Outcome | null>(null);
  const [all, setAll] = useState(false);
  const shown = chosen ?? first;
  const staged = detail.state === 'checked' || shown === 'rejected';
  const rows = useQuery({ ...customersCalls.importRows.queryOptions({ input: { workspace, id: detail.id, outcome: shown, limit: all ? MANY : FEW } }), enabled: staged, placeholderData: keepPreviousData });
  return (
    <section className={css.section}>
      <h2 className="lead">{t(detail.state === 'checked' ? 'rows.would' : 'rows.did')}</h2>
      <div className={css.counts}>
        {OUTCOMES.map((key) => (
          <button key={key} type="button" className={css.count} aria-pressed={shown === key} data-some={detail.counts[key] > 0 || undefined} data-none={detail.counts[key] === 0 || undefined} onClick={() => setChosen(key)}>
            <div className="figure">{countText(detail.counts[key])}</div>
            <div className="meta">{t(`count.${key}`)}</div>
          </button>
        ))}
      </div>
      {detail.counts.kept > 0 && <p style={{ margin: 0 }}>{t('rows.kept', { count: detail.counts.kept })}</p>}
      {shown === 'rejected' && detail.counts.rejected > 0 && (
        <div className={css.chips}>
          <a href={`/api/workspaces/${workspace}/imports/${detail.id}/rejected.csv`} download>{t('rows.rejected.file')}</a>
          {detail.problems.map((problem) => <span key={problem.code} className="meta">{coded('problem', problem.code)}: {countText(problem.rows)}</span>)}
        </div>
      )}
      {!staged ? <p className={css.quiet} style={{ margin: 0 }}>{t('rows.gone')}</p> : detail.counts[shown] === 0 ? <p className={css.quiet} style={{ margin: 0 }}>{t('rows.none')}</p> : (
        <Answered query={rows}>
          {(data) => (
            <>
              <div className={css.scroll}>
                <table className={css.table}>
                  <thead><tr><th scope="col" className={css.number}>{t('rows.line')}</th><th scope="col">{t('rows.what')}</th></tr></thead>
                  <tbody>{data.map((row) => <tr key={row.line}><td className={`${css.number} ${css.quiet}`} style={{ width: 64 }}>{row.line}</td><td><What row={row} /></td></tr>)}</tbody>
                </table>
              </div>
              {detail.counts[shown] > data.length && (
                <div className={css.chips}>
                  <span className="meta">{t('rows.cut', { shown: data.length, total: detail.counts[shown] })}</span>
                  {!all && <Button size="compact-sm" variant="default" onClick={() => setAll(true)}>{t('rows.more')}</Button>}
                </div>
              )}
            </>
          )}
        </Answered>
      )}
    </section>
  );
};
