import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { createFileRoute, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { plain } from '../../../../lib/plain';
import { Answered, Page } from '../../../../ui/page';
import { dayText } from '../../../../ui/when';
import { STARTER_TERMS } from '../../domain/terms';
import css from '../agreements.module.css';
import { agreementsCalls, useRight, type TermView } from '../calls';
import { readDraft, termDraft } from '../draft';
import { HistoryDrawer } from '../history-drawer';
import { TermForm, type TermDraft } from '../term-form';
import { t } from '../text';
import { Waiting } from '../waiting';

export const Route = createFileRoute('/w/$workspace/agreements/terms')({ component: Terms, validateSearch: readDraft });

function Terms() {
  const { workspace } = Route.useParams();
  const may = useRight(workspace, 'agreements:propose');
  const terms = useQuery(agreementsCalls.terms.queryOptions({ input: { workspace } }));
  const search = Route.useSearch();
  const navigate = useNavigate();
  const [own, setDraft] = useState<TermDraft | null>(null);
  const draft = own ?? (may && terms.data ? termDraft(search, terms.data) : null);
  const close = () => {
    setDraft(null);
    if (search.draft) void navigate({ to: '/w/$workspace/agreements/terms', params: { workspace }, search: {}, replace: true });
  };
  const [history, setHistory] = useState<TermView | null>(null);
  const open = openOf(terms.data ?? []);
  return (
    <Page
      title={terms.data && open.count > 0 ? t('terms.titleOpen', { open: open.count }) : t('terms.title')} source={t('terms.source')}
      actions={may && <Button onClick={() => setDraft({ name: '', text: '' })}>{t('terms.add')}</Button>}
    >
      <Answered query={terms}>
        {(rows) => (
          <>
            <Signed workspace={workspace} terms={rows.filter((row) => row.signed && !row.endedAt)} may={may} onChange={setDraft} onHistory={setHistory} />
            {open.count > 0 && <Open workspace={workspace} {...open} terms={rows} may={may} onDraft={setDraft} />}
          </>
        )}
      </Answered>
      <TermForm workspace={workspace} draft={draft} onClose={close} />
      <HistoryDrawer workspace={workspace} of={history} onClose={() => setHistory(null)} />
    </Page>
  );
}

/** Proposed and not signed, or known to be read differently and not proposed yet. */
const openOf = (rows: readonly TermView[]) => {
  const waiting = rows.filter((row) => !row.signed && row.waiting);
  const taken = new Set(rows.filter((row) => row.signed ?? row.waiting).map((row) => plain(row.name)));
  const starters = STARTER_TERMS.filter((term) => !taken.has(plain(term.name)));
  return { waiting, starters, count: waiting.length + starters.length };
};

type SignedProps = { workspace: string; terms: TermView[]; may: boolean; onChange: (draft: TermDraft) => void; onHistory: (term: TermView) => void };

const Signed = ({ workspace, terms, may, onChange, onHistory }: SignedProps) => (
  <section className={css.section} aria-labelledby="signed">
    <h2 id="signed">{t('terms.signed')}</h2>
    {terms.length === 0 && <p className="meta">{t('terms.none')}</p>}
    <div className={css.terms}>
      {terms.map((term) => (
        <article key={term.id} className={`panel ${css.card}`}>
          <h3 data-user-text>{term.name}</h3>
          <p className={css.wording} data-user-text>{term.signed?.term.text}</p>
          <p className="meta">{t('terms.version', { version: term.signed?.version ?? 0, date: term.signed?.signedAt ? dayText(term.signed.signedAt) : '' })}</p>
          {term.waiting && <Waiting workspace={workspace} id={term.id} version={term.waiting} isChange><p className={css.wording} data-user-text>{term.waiting.term.text}</p></Waiting>}
          <div className={css.acts}>
            {may && !term.waiting && <Button size="compact-md" variant="default" onClick={() => onChange({ id: term.id, name: term.name, text: term.signed?.term.text ?? '' })}>{t('terms.change')}</Button>}
            <Button size="compact-md" variant="subtle" color="ink" onClick={() => onHistory(term)}>{t('terms.history')}</Button>
          </div>
        </article>
      ))}
    </div>
  </section>
);

type OpenProps = ReturnType<typeof openOf> & { workspace: string; terms: readonly TermView[]; may: boolean; onDraft: (draft: TermDraft) => void };

const Open = ({ workspace, waiting, starters, terms, may, onDraft }: OpenProps) => {
  const withdrawn = (name: string) => terms.find((row) => plain(row.name) === plain(name));
  return (
    <section className={css.section} aria-labelledby="open">
      <h2 id="open">{t('terms.open')}</h2>
      {starters.length > 0 && <p style={{ margin: 0, color: 'var(--ink-2)' }}>{t('terms.open.text')}</p>}
      <div className={css.terms}>
        {waiting.map((term) => (
          <article key={term.id} className={`panel ${css.card}`}>
            <h3 data-user-text>{term.name}</h3>
            {term.waiting && <Waiting workspace={workspace} id={term.id} version={term.waiting} isChange={false}><p className={css.wording} data-user-text>{term.waiting.term.text}</p></Waiting>}
          </article>
        ))}
        {starters.map(({ key, name, readings }) => (
          <article key={key} className={`panel ${css.card}`}>
            <div className={css.head}>
              <h3>{name}</h3>
              {may && <Button size="compact-md" variant="default" aria-label={`${t('terms.draft')}: ${name}`} onClick={() => onDraft({ ...(withdrawn(name) ? { id: withdrawn(name)?.id ?? '' } : {}), name, text: '', readings })}>{t('terms.draft')}</Button>}
            </div>
            <dl className={css.readings}>{readings.map((reading) => <div key={reading.key}><dt className="meta">{t(`terms.reading.${reading.key}`)}</dt><dd>{reading.text}</dd></div>)}</dl>
          </article>
        ))}
      </div>
    </section>
  );
};
