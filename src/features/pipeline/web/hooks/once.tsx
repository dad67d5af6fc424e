import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { CopyField } from '../../../../ui/copy-field';
import css from './hooks.module.css';
import { t } from './text';

/** A secret that is shown this once. */
export const Once = ({ title, text, secret, children, onDone }: { title: string; text: string; secret: string; children?: ReactNode; onDone: () => void }) => (
  <div className={css.once} role="status">
    <strong>{title}</strong>
    {children}
    <CopyField label={t('secret')} value={secret} description={text} />
    <Button variant="default" onClick={onDone} style={{ alignSelf: 'flex-start' }}>{t('done')}</Button>
  </div>
);
