import type { ReactNode } from 'react';
import { Brand } from './entry';
import css from './quiet-frame.module.css';

/** Around what is read without signing in: who we are, what this is, and nothing else. */
export const QuietFrame = ({ note, children }: { note: string; children: ReactNode }) => (
  <>
    <header className={css.head}>
      <div><Brand /><span className={css.note}>{note}</span></div>
    </header>
    <main>{children}</main>
  </>
);
