import { Button, Drawer, Textarea } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Answered } from '../../../ui/page';
import { evidenceName } from '../../diagnosis/web/public';
import type { Cause } from '../../../lib/vocabulary';
import { CATALOGUE, FINDINGS, gradeOf, PLACES, proposalsFor, type Finding, type FindingId, type SolutionId } from '../domain/catalogue';
import { tc } from './catalogue-text';
import { improvementCalls, useChange, type Part, type Problem } from './calls';
import css from './improvement.module.css';
import { t } from './text';

const noteOf = (id: FindingId): string => {
  const finding: Finding = FINDINGS[id];
  return finding.note ? `, ${tc(`note.${finding.note}`)}` : '';
};

/** What was taken from the catalogue, and the way to the proposals. */
export const Solutions = ({ workspace, view, problem }: Part) => {
  const [open, setOpen] = useState(false);
  return (
    <section className={css.section} aria-labelledby="solutions">
      <h2 id="solutions">{t('solutions.title')}</h2>
      <p className="meta">{problem.cause ? t('solutions.text') : t('solutions.noCause')}</p>
      {problem.cause && problem.solutions.length === 0 && <p>{t('solutions.none')}</p>}
      {problem.solutions.length > 0 && (
        <ul className={css.rows}>
          {problem.solutions.map(({ solution, why, name }) => <li key={solution}><div><span style={{ fontWeight: 500 }}>{tc(`sol.${solution}`)}</span><p data-user-text>{why}</p><p className="meta" data-user-text>{name}</p></div><span className="meta">{tc(`place.${CATALOGUE[solution].place}`)} · {tc(`grade.${gradeOf(solution)}`)}</span></li>)}
        </ul>
      )}
      {problem.cause && <div className="no-print"><Button variant="default" onClick={() => setOpen(true)}>{t('solutions.open')}</Button></div>}
      <Drawer opened={open} onClose={() => setOpen(false)} position="right" size={560} title={t('solutions.title')} closeButtonProps={{ 'aria-label': t('close') }}>{open && problem.cause && <Proposals workspace={workspace} mayWrite={view.mayWrite} problem={problem} cause={problem.cause} />}</Drawer>
    </section>
  );
};

const percent = (share: number): string => `${Math.round(share * 100)}%`;

/** Proposals at three levels; why each fits here leans on the evidence that speaks for the cause. */
const Proposals = ({ workspace, mayWrite, problem, cause }: { workspace: string; mayWrite: boolean; problem: Problem; cause: Cause }) => {
  const evidence = useQuery(improvementCalls.solutions.queryOptions({ input: { workspace, id: problem.id } }));
  const proposals = proposalsFor(cause);
  return (
    <Answered query={evidence} rows={4}>
      {(found) => {
        const speaks = found.evidence.filter(({ signal }) => signal > 0.1).map(({ id, figure }) => (figure ? t('solutions.figure', { name: evidenceName(id), percent: percent(figure.share), of: figure.of }) : evidenceName(id)));
        const here = speaks.length > 0 ? t('solutions.evidence', { items: speaks.join('; ') }) : t('solutions.evidence.none');
        return (
          <div className={css.section}>
            <p className="meta">{here}</p>
            {PLACES.map((place) => (
              <div key={place}>
                <h3>{tc(`place.${place}`)}</h3>
                {proposals[place].map((id) => <Proposal key={id} workspace={workspace} mayWrite={mayWrite} problem={problem} cause={cause} id={id} />)}
              </div>
            ))}
          </div>
        );
      }}
    </Answered>
  );
};

const Findings = ({ ids, side }: { ids: readonly FindingId[]; side: 'for' | 'against' }) => (
  <ul>
    {ids.map((id) => (
      <li key={id}>
        {tc((id === 'catalogue' ? 'find.catalogue' : `find.${id}.${side}`) as 'find.catalogue')}{' '}
        <span className="meta">{tc(`grade.${FINDINGS[id].grade}`)}: {tc(`grade.${FINDINGS[id].grade}.what`)}. {FINDINGS[id].source}{noteOf(id)}</span>
      </li>
    ))}
  </ul>
);

const Proposal = ({ workspace, mayWrite, problem, cause, id }: { workspace: string; mayWrite: boolean; problem: Problem; cause: Cause; id: SolutionId }) => {
  const taken = problem.solutions.find(({ solution }) => solution === id);
  const [why, setWhy] = useState<string | null>(null);
  const fit = tc(`fit.${id}.${cause}` as 'fit.hire.backgrounds');
  const save = useChange('choose', workspace, t('solutions.saved'), () => setWhy(null));
  const { speaksFor, speaksAgainst } = CATALOGUE[id];
  return (
    <article className={css.solution}>
      <strong>{tc(`sol.${id}`)}{taken ? ` · ${t('solutions.taken')}` : ''}</strong>
      <p>{tc(`sol.${id}.holds`)}</p>
      <p><span className="meta">{t('solutions.why')}:</span> {fit}</p>
      <p className="meta">{t('solutions.needs', { text: tc(`sol.${id}.needs`) })}</p>
      <div><span className="meta">{t('solutions.for')}</span><Findings ids={speaksFor} side="for" /></div>
      <div><span className="meta">{t('solutions.against')}</span>{speaksAgainst.length > 0 ? <Findings ids={speaksAgainst} side="against" /> : <p className="meta">{t('solutions.against.none')}</p>}</div>
      {mayWrite && why === null && (
        <div className={css.acts}>
          {taken ? <Button size="compact-md" variant="default" loading={save.isPending} aria-label={`${t('solutions.putBack')}: ${tc(`sol.${id}`)}`} onClick={() => save.mutate({ id: problem.id, solution: id, chosen: false })}>{t('solutions.putBack')}</Button>
            : <Button size="compact-md" variant="default" aria-label={`${t('solutions.take')}: ${tc(`sol.${id}`)}`} onClick={() => setWhy(fit)}>{t('solutions.take')}</Button>}
        </div>
      )}
      {why !== null && (
        <form className={css.form} onSubmit={(event) => { event.preventDefault(); save.mutate({ id: problem.id, solution: id, chosen: true, why }); }}>
          <Textarea label={t('solutions.why')} required autosize minRows={2} maxLength={2_000} value={why} onChange={(event) => setWhy(event.currentTarget.value)} />
          <Button type="submit" disabled={why.trim() === ''} loading={save.isPending}>{t('save')}</Button>
        </form>
      )}
    </article>
  );
};
