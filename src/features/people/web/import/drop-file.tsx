import { Button, Loader } from '@mantine/core';
import { IconFileSpreadsheet } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import css from '../people.module.css';
import { t } from '../text';

/** Dropping or choosing a file; nothing is saved by it. */
export const DropFile = ({ onFile, reading }: { onFile: (file: File) => void; reading: string | null }) => {
  const [over, setOver] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const take = (files: FileList | null) => {
    const file = files?.[0];
    if (file) onFile(file);
  };
  return (
    <>
      <div
        className={css.drop} data-over={over || undefined}
        onDragOver={(event) => { event.preventDefault(); setOver(true); }} onDragLeave={() => setOver(false)}
        onDrop={(event) => { event.preventDefault(); setOver(false); take(event.dataTransfer.files); }}
      >
        {reading === null ? (
          <>
            <IconFileSpreadsheet size={32} stroke={1.25} aria-hidden />
            <div className="lead">{t('import.drop')}</div>
            <div className="meta">{t('import.drop.or')}</div>
            <Button onClick={() => input.current?.click()}>{t('import.choose')}</Button>
            <input ref={input} type="file" accept=".csv,.tsv,.txt,.xlsx,.xlsm,text/csv,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" aria-label={t('import.choose')} className="visually-hidden" tabIndex={-1} onChange={(event) => { take(event.currentTarget.files); event.currentTarget.value = ''; }} />
          </>
        ) : (
          <div role="status" style={{ display: 'flex', gap: 12, alignItems: 'center' }}><Loader size="sm" color="ink" />{t('import.reading', { file: reading })}</div>
        )}
      </div>
      <section className={css.section} style={{ maxWidth: 640 }}>
        <h2 className="lead">{t('import.hint.title')}</h2>
        <ul className={css.notes}><li>{t('import.hint.1')}</li><li>{t('import.hint.2')}</li><li>{t('import.hint.3')}</li></ul>
      </section>
    </>
  );
};
