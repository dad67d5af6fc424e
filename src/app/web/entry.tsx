import { Link } from '@tanstack/react-router';
import { useEffect, type ReactNode } from 'react';
import css from './entry.module.css';
import meeting from './meeting.svg';
import { t } from './text';

export const Brand = () => (
  <Link to="/" className={css.brand}>
    <img src="/icon.svg" width={24} height={24} alt="" />
    {t('brand')}
  </Link>
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
        <img className={css.meeting} src={meeting} alt="" />
      </div>
      <div className={css.form}>{children}</div>
    </main>
  );
};

/** What went wrong with a form, told at once to everybody. */
export const Alarm = ({ children }: { children: ReactNode }) => <div role="alert" className={css.alarm}>{children}</div>;
