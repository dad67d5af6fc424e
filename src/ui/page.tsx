import { Button, Skeleton, Stack } from '@mantine/core';
import { useEffect, type ReactNode } from 'react';
import { faultOf } from '../browser/rpc';
import { readingFailed, savingFailed } from './fault-words';
import css from './page.module.css';
import messages from './messages.en.json';
import { texts } from './texts';

const t = texts(messages);

/** A page: its title is a full sentence, its source line says what it rests on, at most one primary button. */
export const Page = ({ title, tab = title, source, actions, children }: { title: string; /** What the browser's tab says, where it needs more than the title. */ tab?: string; source?: ReactNode; actions?: ReactNode; children: ReactNode }) => {
  useEffect(() => {
    document.title = `${tab} · Lockstep`;
  }, [tab]);
  return (
    <div className={css.page}>
      <header className={css.head}>
        <div>
          <h1 className="title">{title}</h1>
          {source && <div className="meta" style={{ marginTop: 4 }}>{source}</div>}
        </div>
        {actions && <div className={`${css.actions} no-print`}>{actions}</div>}
      </header>
      {children}
    </div>
  );
};

/** What belongs here, and the first step towards it. */
export const EmptyState = ({ title, children, action }: { title: string; children: ReactNode; action?: ReactNode }) => (
  <section className={css.empty}>
    <h2 className="lead" style={{ margin: 0 }}>{title}</h2>
    <div style={{ color: 'var(--ink-2)' }}>{children}</div>
    {action}
  </section>
);

/** Asking again helps where the server did not answer, was busy or failed; a refusal stays a refusal. */
const worthRetrying = (status: number): boolean => status === 0 || status === 429 || status >= 500;

/** Says what happened and what to do, in place of what should have been read. */
export const FaultPanel = ({ error, retry, alone = false }: { error: unknown; retry?: () => void; /** Nothing else stands on the page: its first line is the page's heading. */ alone?: boolean }) => {
  const { status } = faultOf(error);
  const { what, todo } = readingFailed(error);
  return (
    <section className={css.fault} role="alert">
      {alone ? <h1 className="lead" style={{ margin: 0, fontWeight: 600 }}>{what}</h1> : <strong>{what}</strong>}
      {todo && <span style={{ color: 'var(--ink-2)' }}>{todo}</span>}
      {retry && worthRetrying(status) && <Button variant="default" onClick={retry}>{t('error.retry')}</Button>}
    </section>
  );
};

/** The same message beside a form's button. */
export const FaultLine = ({ error }: { error: unknown }) => {
  if (!error) return null;
  return <div role="alert" style={{ borderLeft: '2px solid var(--ink)', paddingLeft: 8 }}>{savingFailed(error)}</div>;
};

export const Pending = ({ rows = 4 }: { rows?: number }) => (
  <Stack gap="sm" className={css.pending} aria-busy="true" aria-label={t('loading')} role="status">
    {Array.from({ length: rows }, (_, index) => <Skeleton key={index} height={40} radius="sm" />)}
  </Stack>
);

type Asked<T> = { data: T | undefined; error: unknown; isPending: boolean; refetch: () => unknown };

/** Loading, failed or there: each looks different. */
export function Answered<T>({ query, rows, bare = false, children }: { query: Asked<T>; rows?: number; /** Stands where a whole page will stand, so it keeps a page's margins. */ bare?: boolean; children: (data: T) => ReactNode }) {
  if (query.data !== undefined) return <>{children(query.data)}</>;
  const waiting = query.isPending ? <Pending rows={rows} /> : <FaultPanel error={query.error} retry={() => void query.refetch()} alone={bare} />;
  return bare ? <div className={css.bare}>{waiting}</div> : waiting;
}
