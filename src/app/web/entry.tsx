import { Link } from '@tanstack/react-router';
import { useEffect, type ReactNode } from 'react';
import css from './entry.module.css';
import { t } from './text';

export const Brand = () => (
  <Link to="/" className={css.brand}>
    <img src="/icon.svg" width={24} height={24} alt="" />
    {t('brand')}
  </Link>
);

/** Two sides, one page: the lines a score is read against, and two marks that meet. */
const Meeting = () => (
  <svg viewBox="0 0 480 150" width="100%" style={{ maxWidth: 480 }} aria-hidden="true">
    {[30, 75, 120].map((y) => <line key={y} x1="0" x2="480" y1={y} y2={y} stroke="#2A2E34" />)}
    {[160, 280].map((x) => <line key={x} x1={x} x2={x} y1="0" y2="150" stroke="#727985" strokeDasharray="2 5" />)}
    {([[96, 372, 30], [150, 330, 75], [226, 262, 120]] as const).map(([sales, marketing, y]) => (
      <g key={y}>
        <line x1={sales} x2={marketing} y1={y} y2={y} stroke="#9AA1AD" strokeWidth="2" />
        <circle cx={sales} cy={y} r="9" fill="#5088F2" />
        <rect x={marketing - 8.5} y={y - 8.5} width="17" height="17" fill="#FF9A52" />
      </g>
    ))}
  </svg>
);

/** The frame of every page before a workspace: who we are on one side, one thing to do on the other. */
export const Entry = ({ title, first = false, children }: { title: string; /** The very first page shows who we are in full on a phone as well. */ first?: boolean; children: ReactNode }) => {
  useEffect(() => {
    document.title = `${title} · Lockstep`;
  }, [title]);
  return (
    <main className={css.entry} data-first={first || undefined}>
      <div className={css.side}>
        <Brand />
        <div>
          <h1>{t('welcome.title')}</h1>
          <p>{t('welcome.lead')}</p>
        </div>
        <Meeting />
      </div>
      <div className={css.form}>{children}</div>
    </main>
  );
};

/** What went wrong with a form, told at once to everybody. */
export const Alarm = ({ children }: { children: ReactNode }) => <div role="alert" className={css.alarm}>{children}</div>;
