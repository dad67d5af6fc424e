import { Radio, Stack } from '@mantine/core';
import css from '../../../../ui/data.module.css';
import type { ImportDetail } from '../calls';
import { t } from '../text';

type Mapping = ImportDetail['mapping'];
export type Question = ImportDetail['toConfirm'][number];
type Props = { detail: ImportDetail; mapping: Mapping; answered: ReadonlySet<Question>; onAnswer: (question: Question, mapping: Mapping) => void };

/** What the whole file does not tell: nothing is chosen until somebody chooses. */
export const Questions = ({ detail, mapping, answered, onAnswer }: Props) => (
  <section className="panel">
    <div className={css.section}>
      <h2 className="lead" style={{ margin: 0 }}>{t('questions.title', { count: detail.toConfirm.length })}</h2>
      {detail.toConfirm.includes('dates') && detail.dates !== 'certain' && (
        <Radio.Group label={t(`dates.${detail.dates}`)} value={answered.has('dates') ? mapping.dateOrder : null} onChange={(value) => onAnswer('dates', { ...mapping, dateOrder: value === 'mdy' ? 'mdy' : 'dmy' })}>
          <Stack gap="xs" mt="xs"><Radio value="dmy" label={t('dates.dmy')} /><Radio value="mdy" label={t('dates.mdy')} /></Stack>
        </Radio.Group>
      )}
      {detail.toConfirm.includes('decimals') && (
        <Radio.Group label={t('decimals.unclear')} value={answered.has('decimals') ? mapping.decimal : null} onChange={(value) => onAnswer('decimals', { ...mapping, decimal: value === ',' ? ',' : '.' })}>
          <Stack gap="xs" mt="xs"><Radio value="." label={t('decimals.point')} /><Radio value="," label={t('decimals.comma')} /></Stack>
        </Radio.Group>
      )}
    </div>
  </section>
);
