import { Anchor, Button, Modal, Textarea } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import data from '../../../ui/data.module.css';
import { When } from '../../../ui/when';
import { LIKELY, strengthOf, UNLIKELY, VERDICTS, type EvidenceId } from '../domain/causes';
import { useChange, type Part, type View } from './calls';
import css from './diagnosis.module.css';
import { percent, t } from './text';

type CauseView = View['causes'][number];
type Item = CauseView['items'][number];
type Verdict = (typeof VERDICTS)[number];

/** The tool of the survey whose figures are behind an item; others rest on several. */
const TOOL: Partial<Record<EvidenceId, string>> = { divide: '1', expectations: '1', connection_by_territory: '2', connection_low: '2', communication_low: '3', support_low: '4', credibility_low: '6', developing_low: '7', strategy_low: '7', buy_in_low: '8' };

/** Where the figures behind an item stand. */
const pageOf = (id: EvidenceId, kind: Item['kind'], survey: View['survey']): string | null => {
  if (kind === 'said') return survey ? [`/understand/waves/${survey.id}/results`, TOOL[id]].filter(Boolean).join('/') : null;
  const pages: Partial<Record<EvidenceId, string>> = {
    terms_open: '/agreements/terms', few_crossed: '/people', few_near: '/people/departments', reviews_missed: '/agreements/review', word_broken: '/agreements', leads_unanswered: '/pipeline/two-counts',
    records_unmatched: '/customers/review', no_shared_target: '/goals',
  };
  return pages[id] ?? null;
};

const decimal = (value: number): string => value.toFixed(2).replace('-', '−');

export const Causes = ({ workspace, view }: Part) => (
  <section className={css.section} aria-labelledby="causes">
    <h2 id="causes">{t('causes.title')}</h2>
    <p className="meta">{t('proposal')} {view.mayWrite ? '' : t('reader')}</p>
    <ol className={css.causes}>{view.causes.map((cause) => <Cause key={cause.cause} workspace={workspace} view={view} cause={cause} />)}</ol>
    <p className="meta">{t('weights.how', { likely: decimal(LIKELY), unlikely: decimal(UNLIKELY) })}</p>
  </section>
);

const Cause = ({ workspace, view, cause }: Part & { cause: CauseView }) => {
  const [judging, setJudging] = useState<Verdict | null>(null);
  const { today, next } = view.configuration;
  const usual = [
    today && cause.usual.today !== null ? t(`usual.${cause.usual.today as 0 | 1 | 2}`, { type: t(`type.${today}`) }) : '',
    next && cause.usual.next !== null && cause.usual.next !== cause.usual.today ? t('usual.next', { text: t(`usual.${cause.usual.next as 0 | 1 | 2}`, { type: t(`type.${next}`) }) }) : '',
  ].filter(Boolean).join(' · ');
  return (
    <li className={css.cause}>
      <div>
        <h3>{t(`cause.${cause.cause}`)}</h3>
        <p className="meta">{t(`cause.${cause.cause}.text`)}</p>
        {usual && <p className="meta">{usual}</p>}
      </div>
      <div className={css.standing}>
        <strong>{t(`standing.${cause.standing}`)}</strong>
        {cause.balance !== null && <span className={css.scale} aria-hidden="true"><i style={{ left: `${(cause.balance + 1) * 50}%` }} /></span>}
        <span className="meta">{t('told', { percent: percent(cause.told) })}</span>
      </div>
      {cause.verdict && <Judged workspace={workspace} verdict={cause.verdict} mayWrite={view.mayWrite} />}
      <details className={css.full}>
        <summary>{t('evidence.show')}</summary>
        <Evidence workspace={workspace} view={view} items={cause.items} />
      </details>
      {view.mayWrite && <div className={`${css.acts} ${css.full} no-print`}>{VERDICTS.map((verdict) => <Button key={verdict} size="compact-md" variant="default" aria-label={t('judge.title', { verdict: t(`judge.${verdict}`), cause: t(`cause.${cause.cause}`) })} onClick={() => setJudging(verdict)}>{t(`judge.${verdict}`)}</Button>)}</div>}
      <Modal opened={judging !== null} onClose={() => setJudging(null)} title={judging ? t('judge.title', { verdict: t(`judge.${judging}`), cause: t(`cause.${cause.cause}`) }) : ''} closeButtonProps={{ 'aria-label': t('close') }}>
        {judging && <Judge workspace={workspace} cause={cause.cause} verdict={judging} done={() => setJudging(null)} />}
      </Modal>
    </li>
  );
};

const Judged = ({ workspace, verdict, mayWrite }: { workspace: string; verdict: NonNullable<CauseView['verdict']>; mayWrite: boolean }) => {
  const back = useChange('takeBack', workspace, t('judge.taken'));
  return (
    <div className={css.verdict}>
      <span><strong data-user-text>{t(`verdict.${verdict.verdict}`, { name: verdict.name })}</strong> <span className="meta"><When at={verdict.at} /></span></span>
      <span data-user-text>{verdict.note}</span>
      {mayWrite && <span className="no-print"><Button size="compact-sm" variant="default" loading={back.isPending} onClick={() => back.mutate({ id: verdict.id })}>{t('judge.takeBack')}</Button></span>}
    </div>
  );
};

const Evidence = ({ workspace, view, items }: Part & { items: readonly Item[] }) => (
  <div className={data.scroll}>
    <table className={data.table}>
      <thead><tr><th scope="col">{t('evidence.what')}</th><th scope="col">{t('evidence.kind')}</th><th scope="col">{t('evidence.says')}</th><th scope="col">{t('evidence.weight')}</th></tr></thead>
      <tbody>
        {items.map(({ id, kind, weight, reading, figure }) => {
          const page = pageOf(id, kind, view.survey);
          return (
            <tr key={id}>
              <td>{page ? <Anchor component={Link} to={`/w/${workspace}${page}`}>{t(`ev.${id}`)}</Anchor> : t(`ev.${id}`)}</td>
              <td>{t(`kind.${kind}`)}</td>
              <td>{'signal' in reading ? t(`says.${strengthOf(reading.signal)}`) : <span className="meta">{t(`untold.${reading.untold}`)}</span>}{figure && <div className="meta">{t('figure', { percent: percent(figure.share), of: figure.of.toLocaleString('en') })}</div>}</td>
              <td>{weight}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  </div>
);

const Judge = ({ workspace, cause, verdict, done }: { workspace: string; cause: CauseView['cause']; verdict: Verdict; done: () => void }) => {
  const [note, setNote] = useState('');
  const save = useChange('judge', workspace, t('judge.saved'), done);
  return (
    <form className={css.form} onSubmit={(event) => { event.preventDefault(); save.mutate({ cause, verdict, note }); }}>
      <Textarea label={t('judge.note')} description={t('judge.note.hint')} required autosize minRows={3} maxLength={2_000} value={note} onChange={(event) => setNote(event.currentTarget.value)} data-autofocus />
      <Button type="submit" disabled={note.trim() === ''} loading={save.isPending}>{t('judge.save')}</Button>
    </form>
  );
};
