import type { ReactNode } from 'react';
import { Brand } from './entry';
import { t } from './text';
import css from './quiet-frame.module.css';

/** Around what is read without signing in: who we are, what this is, and nothing else. */
export const QuietFrame = ({ note, children }: { note: string; children: ReactNode }) => (
  <>
    <nav className={css.head} aria-label={t('brand')}>
      <div><Brand /><span className={css.note}>{note}</span></div>
    </nav>
    <main>{children}</main>
  </>
);
