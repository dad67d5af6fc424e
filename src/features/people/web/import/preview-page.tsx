import { Button, Loader } from '@mantine/core';
import { useState } from 'react';
import { FaultLine } from '../../../../ui/page';
import type { Preview } from '../calls';
import css from '../people.module.css';
import { coded, t } from '../text';
import { ColumnMapping, DateQuestion, WordQuestions } from './column-mapping';
import { PreviewRows } from './preview-rows';
import { Writing } from './writing';

type Mapping = Preview['mapping'];
type Props = { preview: Preview; busy: boolean; /** The import that is being written. */ writing: { workspace: string; id: string } | null; error: unknown; onMapping: (mapping: Mapping) => void; onApply: (mapping: Mapping, fingerprint: string, skipLines: number[]) => void };

const sourceText = ({ source }: Preview): string =>
  source.kind === 'xlsx' ? t('import.read.sheet', { sheet: source.sheet ?? '' }) : t('import.read', { encoding: (source.encoding ?? '').toUpperCase(), delimiter: source.delimiter === '\t' ? t('import.tab') : `“${source.delimiter ?? ''}”` });

/** What the file would do: counts, meanings of columns, open questions, rows; then one button. */
export const PreviewPage = ({ preview, busy, writing, error, onMapping, onApply }: Props) => {
  const { counts, mapping, mappingFault } = preview;
  const [skipped, setSkipped] = useState<ReadonlySet<number>>(new Set());
  const left = preview.rows.filter((row) => (row.status === 'new' || row.status === 'changed') && skipped.has(row.line)).map(({ line }) => line);
  const writes = counts.new + counts.changed - left.length;
  return (
    <>
      {mappingFault ? <p className="panel" role="alert" style={{ margin: 0 }}>{t(`import.fault.${mappingFault}`)}</p> : <Counts counts={counts} busy={busy} />}
      {preview.fileProblems.length > 0 && (
        <ul className={css.notes}>{preview.fileProblems.slice(0, 12).map((problem) => <li key={`${problem.code}${problem.line}${problem.detail}`}>{coded('file', problem.code, { line: problem.line, detail: problem.detail })}</li>)}</ul>
      )}
      <section className={css.section}>
        <h2 className="lead">{t('import.columns')}</h2>
        <div className="meta">{sourceText(preview)}</div>
        <ColumnMapping preview={preview} onMapping={onMapping} />
      </section>
      <DateQuestion preview={preview} onMapping={onMapping} />
      <WordQuestions preview={preview} onMapping={onMapping} />
      {!mappingFault && <PreviewRows preview={preview} skipped={skipped} onSkip={setSkipped} />}
      <FaultLine error={error} />
      <div className={css.stickyBar}>
        <Button disabled={mappingFault !== null || writes === 0 || busy} loading={writing !== null} onClick={() => onApply(mapping, preview.fingerprint, left)}>{t('import.apply', { count: writes })}</Button>
        {left.length > 0 && !writing && <span className="meta" role="status">{t('import.skipped', { count: left.length })}</span>}
        {writing && <Writing {...writing} people={writes} />}
      </div>
    </>
  );
};

const Counts = ({ counts, busy }: { counts: Preview['counts']; busy: boolean }) => (
  <div className={css.counts} aria-busy={busy}>
    {(['new', 'changed', 'same', 'merged', 'rejected'] as const).map((key) => (
      <div key={key} className={css.count} data-some={counts[key] > 0 || undefined} data-none={counts[key] === 0 || undefined}>
        <div className="figure">{busy ? <Loader size="sm" color="ink" /> : counts[key]}</div>
        <div className="meta">{t(`import.count.${key}`)}</div>
      </div>
    ))}
  </div>
);
