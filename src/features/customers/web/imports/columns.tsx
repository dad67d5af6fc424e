import { Select } from '@mantine/core';
import css from '../../../../ui/data.module.css';
import { FIELDS_OF, ROW_KINDS, type Field, type RowKind } from '../../domain/fields';
import { proposeImport } from '../../domain/mapping';
import type { ImportDetail } from '../calls';
import { coded, t } from '../text';

type Mapping = ImportDetail['mapping'];
type Column = Mapping['columns'][number];
type Props = { detail: ImportDetail; mapping: Mapping; locked: boolean; onMapping: (mapping: Mapping) => void };

const valueOf = (column: Column): string => (column.to === 'field' ? `field:${column.field}` : column.to === 'entered' ? 'entered' : column.to);

/** What a column means, in words, once it can no longer be changed. */
const meaningText = (column: Column): string => (column.to === 'field' ? coded('field', column.field) : t(`columns.${column.to}`));

/** A field has one column: choosing it here keeps the other one as a field of its own. */
const withColumn = (mapping: Mapping, at: number, value: string, heading: string): Mapping => {
  const meaning: Column = value.startsWith('field:') ? { to: 'field', field: value.slice(6) as Field } : value === 'entered' ? { to: 'entered', stage: heading, pipeline: null } : value === 'skip' ? { to: 'skip' } : { to: 'custom' };
  return { ...mapping, columns: mapping.columns.map((old, index) => (index === at ? meaning : meaning.to === 'field' && old.to === 'field' && old.field === meaning.field ? { to: 'custom' } : old)) };
};

/** Rows of another kind have other fields, so that the columns are understood anew. */
const ofKind = (detail: ImportDetail, kind: RowKind, { dateOrder, decimal }: Mapping): Mapping => ({ ...proposeImport({ headings: detail.columns.map(({ heading }) => heading), rows: [] }, { kind }).mapping, dateOrder, decimal });

/** What kind of rows, and what each column means. */
export const Columns = ({ detail, mapping, locked, onMapping }: Props) => {
  const choices = [
    { group: t('columns.fields'), items: FIELDS_OF[mapping.kind].map((field) => ({ value: `field:${field}`, label: coded('field', field) })) },
    { group: t('columns.others'), items: [{ value: 'entered', label: t('columns.entered') }, { value: 'custom', label: t('columns.custom') }, { value: 'skip', label: t('columns.skip') }] },
  ];
  return (
    <section className={css.section}>
      <h2 className="lead">{t('columns.title')}</h2>
      {locked ? <p style={{ margin: 0 }}>{t('columns.kind')} <strong>{t(`kind.${mapping.kind}`)}</strong></p> : (
        <Select w={280} maw="100%" label={t('columns.kind')} allowDeselect={false} value={mapping.kind} onChange={(value) => onMapping(ofKind(detail, (value ?? mapping.kind) as RowKind, mapping))} data={ROW_KINDS.map((kind) => ({ value: kind, label: t(`kind.${kind}`) }))} />
      )}
      <div className={css.scroll}>
        <table className={css.table}>
          <thead><tr><th scope="col">{t('columns.heading')}</th><th scope="col">{t('columns.meaning')}</th><th scope="col" className={css.wide}>{t('columns.samples')}</th></tr></thead>
          <tbody>
            {detail.columns.map((column, at) => {
              const meaning = mapping.columns[at] ?? { to: 'skip' as const };
              return (
                <tr key={column.heading}>
                  <td className={css.strong} style={{ minWidth: 120, overflowWrap: 'anywhere' }}>{column.heading}</td>
                  <td style={{ width: 260 }}>{locked ? meaningText(meaning) : <Select size="xs" w={230} maw="100%" allowDeselect={false} aria-label={`${column.heading}: ${t('columns.meaning')}`} data={choices} value={valueOf(meaning)} onChange={(value) => value && onMapping(withColumn(mapping, at, value, column.heading))} />}</td>
                  <td className={`${css.quiet} ${css.wide}`}>{column.samples.join(' · ')}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    </section>
  );
};
