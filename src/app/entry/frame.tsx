/** @jsxImportSource preact */
import type { ComponentChildren } from 'preact';
import { useEffect } from 'preact/hooks';
import css from '../web/entry.module.css';
import meeting from '../web/meeting.svg';
import { t } from '../web/text';

/** The frame of `web/entry.tsx`, for pages that load neither the router nor the component library. */
export const Entry = ({ title, children }: { title: string; children: ComponentChildren }) => {
  useEffect(() => {
    document.title = `${title} · Lockstep`;
  }, [title]);
  return (
    <main class={css.entry}>
      <div class={css.side}>
        <a href="/" class={css.brand}><img src="/icon.svg" width={24} height={24} alt="" />{t('brand')}</a>
        <div>
          <h1>{t('welcome.title')}</h1>
          <p>{t('welcome.lead')}</p>
        </div>
        <img class={css.meeting} src={meeting} alt="" />
      </div>
      <div class={css.form}>{children}</div>
    </main>
  );
};

export const Alarm = ({ children }: { children: ComponentChildren }) => <div role="alert" class={css.alarm}>{children}</div>;
