import { Radio, Select, Stack } from '@mantine/core';
import { FUNCTIONS, LEVELS } from '../../../../lib/vocabulary';
import { IMPORT_FIELDS } from '../../domain/person';
import type { Preview } from '../calls';
import css from '../people.module.css';
import { functionText, levelText, t } from '../text';

type Mapping = Preview['mapping'];
type Field = Mapping['columns'][number];
type Asked = { preview: Preview; onMapping: (mapping: Mapping) => void };

const FIELD_CHOICES = [{ value: 'none', label: t('field.none') }, ...IMPORT_FIELDS.map((value) => ({ value, label: t(`field.${value}`) }))];

const isField = (value: string | null): value is Field => value === 'none' || IMPORT_FIELDS.some((field) => field === value);

/** A field has one column: choosing it here leaves it out where it was. */
const withColumn = (mapping: Mapping, column: number, field: Field): Mapping => ({
  ...mapping,
  columns: mapping.columns.map((old, index) => (index === column ? field : field !== 'none' && old === field ? 'none' : old)),
});

export const ColumnMapping = ({ preview, onMapping }: Asked) => (
  <div className={css.scroll}>
    <table className={css.table}>
      <thead><tr><th scope="col">{t('import.columns.heading')}</th><th scope="col">{t('import.columns.meaning')}</th><th scope="col" className={css.wide}>{t('import.columns.samples')}</th></tr></thead>
      <tbody>
        {preview.columns.map((column, index) => (
          <tr key={column.heading}>
            <td style={{ fontWeight: 500, overflowWrap: 'anywhere' }}>{column.heading}</td>
            <td style={{ width: 240 }}>
              <Select size="xs" w={190} aria-label={`${column.heading}: ${t('import.columns.meaning')}`} data={FIELD_CHOICES} value={column.field} onChange={(value) => isField(value) && onMapping(withColumn(preview.mapping, index, value))} />
              {column.reason !== 'chosen' && <div className="meta">{t(`import.reason.${column.reason}`)}</div>}
            </td>
            <td className={`${css.quiet} ${css.wide}`} style={{ overflowWrap: 'anywhere' }}>{column.samples.join(' · ')}</td>
          </tr>
        ))}
      </tbody>
    </table>
  </div>
);

/** Asked only when the column itself does not tell. */
export const DateQuestion = ({ preview, onMapping }: Asked) => {
  if (preview.dates === 'certain' || !preview.mapping.columns.includes('startDate')) return null;
  return (
    <section className={css.section}>
      <Radio.Group label={t(`import.dates.${preview.dates}`)} value={preview.mapping.dateOrder} onChange={(value) => onMapping({ ...preview.mapping, dateOrder: value === 'mdy' ? 'mdy' : 'dmy' })}>
        <Stack gap="sm" mt="sm"><Radio value="dmy" label={t('import.dates.dmy')} /><Radio value="mdy" label={t('import.dates.mdy')} /></Stack>
      </Radio.Group>
    </section>
  );
};

const OPEN = '';
const MEANINGS = {
  function: [{ value: OPEN, label: t('import.words.open') }, ...FUNCTIONS.map((value) => ({ value, label: functionText(value) })), { value: 'none', label: t('import.words.nothing') }],
  level: [{ value: OPEN, label: t('import.words.open') }, ...LEVELS.map((value) => ({ value, label: levelText(value) })), { value: 'none', label: t('import.words.nothing') }],
};

const said = (field: 'function' | 'level', word: string, value: string): Mapping['words'] => {
  if (field === 'function') {
    const meaning = value === 'none' ? value : FUNCTIONS.find((fn) => fn === value);
    return meaning ? [{ field, word, meaning }] : [];
  }
  const meaning = value === 'none' ? value : LEVELS.find((level) => level === value);
  return meaning ? [{ field, word, meaning }] : [];
};

/** The company's own words for functions and levels: said once, remembered with the mapping. */
export const WordQuestions = ({ preview, onMapping }: Asked) => {
  const { words } = preview.mapping;
  const open = preview.unknownWords.map((entry) => ({ field: entry.field, word: entry.word, count: entry.count, value: OPEN }));
  const told = words.map((entry) => ({ field: entry.field, word: entry.word, count: 0, value: entry.meaning as string }));
  if (open.length + told.length === 0) return null;
  const tell = (field: 'function' | 'level', word: string, value: string) =>
    onMapping({ ...preview.mapping, words: [...words.filter((entry) => entry.field !== field || entry.word.toLowerCase() !== word.toLowerCase()), ...said(field, word, value)] });
  return (
    <section className={css.section}>
      <h2 className="lead">{t('import.words')}</h2>
      <div style={{ color: 'var(--ink-2)' }}>{t('import.words.text')}</div>
      <table className={css.table} style={{ maxWidth: 640 }}>
        <tbody>
          {[...open, ...told].map((entry) => (
            <tr key={`${entry.field}:${entry.word}`}>
              <td style={{ fontWeight: 500, overflowWrap: 'anywhere' }}>{entry.word}<div className="meta">{t(`field.${entry.field}`)}{entry.count > 0 && <> · {t('import.words.count', { count: entry.count })}</>}</div></td>
              <td style={{ width: 210 }}><Select size="xs" w={190} aria-label={t('import.words.meaning', { word: entry.word })} data={MEANINGS[entry.field]} value={entry.value} onChange={(value) => tell(entry.field, entry.word, value ?? OPEN)} /></td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
};
