import { Checkbox } from '@mantine/core';
import { useState } from 'react';
import type { Preview } from '../calls';
import css from '../people.module.css';
import { coded, t, valueText } from '../text';

type Row = Preview['rows'][number];
type Filter = 'all' | 'look' | Row['status'];

const FILTERS: Filter[] = ['all', 'look', 'new', 'changed', 'same', 'merged', 'rejected'];

/** Only rows that would be written can be left out. */
const writes = (row: Row): boolean => row.status === 'new' || row.status === 'changed';

const withLines = (skipped: ReadonlySet<number>, lines: readonly number[], skip: boolean): ReadonlySet<number> => {
  const next = new Set(skipped);
  for (const line of lines) {
    if (skip) next.add(line);
    else next.delete(line);
  }
  return next;
};

const passes = (row: Row, filter: Filter): boolean => filter === 'all' || (filter === 'look' ? row.problems.length > 0 : row.status === filter);

const Changes = ({ row }: { row: Row }) => (
  <span>
    {row.changes
      .filter((change) => row.status !== 'new' || change.field !== 'name')
      .map((change) => {
        const field = coded('field', change.field);
        const after = valueText(change.field, change.after);
        return row.status === 'new' || change.before === null ? t('import.set', { field, after }) : t('import.change', { field, before: valueText(change.field, change.before), after });
      })
      .join(' · ')}
  </span>
);

type Props = { preview: Preview; /** Lines that are left out of the import. */ skipped: ReadonlySet<number>; onSkip: (skipped: ReadonlySet<number>) => void };

/** Row by row; what somebody should look at stands first. A tick taken off leaves that row out. */
export const PreviewRows = ({ preview, skipped, onSkip }: Props) => {
  const [filter, setFilter] = useState<Filter>('all');
  const total = Object.values(preview.counts).reduce((sum, count) => sum + count, 0);
  const rows = preview.rows.filter((row) => passes(row, filter));
  const size = (key: Filter): number => (key === 'all' ? total : key === 'look' ? preview.rows.filter((row) => row.problems.length > 0).length : preview.counts[key]);
  return (
    <section className={css.section}>
      <h2 className="lead">{t('import.rows')}</h2>
      {preview.problemCounts.length > 0 && <ul className={css.notes}>{preview.problemCounts.map((problem) => <li key={problem.code}>{t('problem.rows', { count: problem.rows })}: {example(preview, problem.code)}</li>)}</ul>}
      <div className={css.chips}>
        {FILTERS.filter((key) => key === 'all' || size(key) > 0).map((key) => (
          <button key={key} type="button" className={css.chip} aria-pressed={filter === key} onClick={() => setFilter(key)}>
            {key === 'all' || key === 'look' ? t(`import.rows.${key}`) : t(`import.row.${key}`)} {size(key)}
          </button>
        ))}
      </div>
      {total > preview.rows.length && <div className="meta">{t('import.rows.cut', { shown: preview.rows.length, total })}</div>}
      {rows.length === 0 ? <p style={{ margin: 0 }}>{t('import.rows.none')}</p> : (
        <div className={css.scroll}>
          <table className={css.table}>
            <thead><tr><th scope="col" className={css.tick}><AllTick rows={rows} skipped={skipped} onSkip={onSkip} /></th><th scope="col" className={css.number}>{t('import.rows.line')}</th><th scope="col">{t('import.rows.person')}</th><th scope="col">{t('import.rows.what')}</th></tr></thead>
            <tbody>
              {rows.map((row) => (
                <tr key={row.line}>
                  <td className={css.tick}>{writes(row) && <Checkbox size="sm" aria-label={t('import.rows.take', { line: row.line, name: row.name || row.email })} checked={!skipped.has(row.line)} onChange={(event) => onSkip(withLines(skipped, [row.line], !event.currentTarget.checked))} />}</td>
                  <td className={`${css.number} ${css.quiet}`} style={{ width: 48 }}>{row.line}</td>
                  <td style={{ overflowWrap: 'anywhere', minWidth: 120 }}><div style={{ fontWeight: 500 }}>{row.name || row.email}</div>{row.name && <div className="meta">{row.email}</div>}</td>
                  <td>
                    <div className={css.problems}>
                      <span><span className={css.status} data-status={skipped.has(row.line) ? 'same' : row.status}>{skipped.has(row.line) ? t('import.row.skipped') : t(`import.row.${row.status}`)}</span> <span className={css.quiet}><Changes row={row} /></span></span>
                      {row.problems.map((problem) => <span key={problem.code}>{coded('problem', problem.code, { detail: problem.detail })}</span>)}
                    </div>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
};

const AllTick = ({ rows, skipped, onSkip }: { rows: Row[] } & Pick<Props, 'skipped' | 'onSkip'>) => {
  const lines = rows.filter(writes).map(({ line }) => line);
  const taken = lines.filter((line) => !skipped.has(line)).length;
  if (lines.length === 0) return null;
  return <Checkbox size="sm" aria-label={t('import.rows.takeAll')} checked={taken === lines.length} indeterminate={taken > 0 && taken < lines.length} onChange={() => onSkip(withLines(skipped, lines, taken === lines.length))} />;
};

/** The wording of a kind of problem, with its first instance. */
const example = (preview: Preview, code: string): string => {
  const found = preview.rows.flatMap((row) => row.problems).find((problem) => problem.code === code);
  return coded('problem', code, { detail: found?.detail ?? '…' });
};
