import { Button, Textarea } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { createFileRoute } from '@tanstack/react-router';
import { useState } from 'react';
import { FUNCTIONS } from '../../../../lib/vocabulary';
import { FunctionLabel } from '../../../../ui/function-mark';
import { say, sayFault } from '../../../../ui/notify';
import { Answered, Page } from '../../../../ui/page';
import { CHALLENGES, MEASURES_OF, SIGNS, type Challenge } from '../../domain/challenges';
import { th } from '../challenge-text';
import { improvementCalls, improvementClient, type Challenges } from '../calls';
import css from '../improvement.module.css';
import { t } from '../text';

export const Route = createFileRoute('/w/$workspace/improve/challenges')({ component: ChallengesPage });

const isRaised = ({ signs, raised }: Challenges, challenge: Challenge): boolean => signs.some(({ id, state }) => SIGNS[id] === challenge && state === 'raised') || raised.some((each) => each.challenge === challenge);

function ChallengesPage() {
  const { workspace } = Route.useParams();
  const challenges = useQuery(improvementCalls.challenges.queryOptions({ input: { workspace } }));
  const view = challenges.data;
  const count = view ? CHALLENGES.filter((each) => isRaised(view, each)).length : 0;
  return (
    <Page title={view ? (count > 0 ? t('challenges.title.raised', { count }) : t(view.signs.every(({ state }) => state === 'cannot_tell') ? 'challenges.title.untold' : 'challenges.title.calm')) : t('challenges.tab')} tab={t('challenges.tab')} source={t('challenges.source')}>
      <Answered query={challenges} rows={7}>{(found) => <>{CHALLENGES.toSorted((a, b) => Number(isRaised(found, b)) - Number(isRaised(found, a))).map((each) => <One key={each} workspace={workspace} view={found} challenge={each} />)}</>}</Answered>
    </Page>
  );
}

const One = ({ workspace, view, challenge }: { workspace: string; view: Challenges; challenge: Challenge }) => {
  const signs = view.signs.filter(({ id }) => SIGNS[id] === challenge);
  const byHand = view.raised.find((each) => each.challenge === challenge);
  return (
    <section className={`${css.section} ${css.challenge}`} aria-labelledby={`ch-${challenge}`}>
      <h2 id={`ch-${challenge}`}>{th(`ch.${challenge}`)}</h2>
      <p>{th(`ch.${challenge}.what`)}</p>
      <ul className={css.rows}>
        {signs.map(({ id, state, part, of, detail }) => (
          <li key={id}>
            <div>{th(`sign.${id}`)}<p className="meta">{state === 'cannot_tell' ? th(`sign.cannot.${id}`) : th(`sign.${id}.figure`, { part, of, detail: detail || 'none' })}</p></div>
            {state === 'raised' ? <strong>{t('challenges.sign.raised')}</strong> : <span className="meta">{t(`challenges.sign.${state}`)}</span>}
          </li>
        ))}
        {signs.length === 0 && <li><span className="meta">{t('challenges.noSign')}</span></li>}
        {byHand && <li><span data-user-text>{t('challenges.byHand', { name: byHand.name, note: byHand.note })}</span></li>}
      </ul>
      <details open={isRaised(view, challenge)}>
        <summary>{t('challenges.play')}</summary>
        <div className={css.three} style={{ marginTop: 12 }}>{FUNCTIONS.map((fn) => <div key={fn} className={css.lens}><FunctionLabel fn={fn} /><span>{th(`ch.${challenge}.play.${fn}`)}</span></div>)}</div>
        <p className="meta" style={{ marginTop: 12 }}>{t('challenges.measures')}</p>
        <ul style={{ margin: 0, paddingLeft: 18 }}>{Array.from({ length: MEASURES_OF[challenge] }, (_, at) => <li key={at}>{th(`ch.${challenge}.measure.${at + 1}` as 'ch.people.measure.1')}</li>)}</ul>
      </details>
      {view.mayWrite && <Raise workspace={workspace} challenge={challenge} isByHand={byHand !== undefined} />}
    </section>
  );
};

const Raise = ({ workspace, challenge, isByHand }: { workspace: string; challenge: Challenge; isByHand: boolean }) => {
  const [note, setNote] = useState<string | null>(null);
  const queries = useQueryClient();
  const raise = useMutation({
    mutationFn: (text: string | null) => improvementClient.raise({ workspace, challenge, note: text }),
    onSuccess: async () => {
      setNote(null);
      await queries.invalidateQueries({ queryKey: improvementCalls.challenges.key() });
      say(t('challenges.saved'));
    },
    onError: sayFault,
  });
  const name = th(`ch.${challenge}`);
  if (isByHand) return <div className="no-print"><Button size="compact-md" variant="default" loading={raise.isPending} aria-label={`${t('challenges.lower')}: ${name}`} onClick={() => raise.mutate(null)}>{t('challenges.lower')}</Button></div>;
  if (note === null) return <div className="no-print"><Button size="compact-md" variant="default" aria-label={`${t('challenges.raise')}: ${name}`} onClick={() => setNote('')}>{t('challenges.raise')}</Button></div>;
  return (
    <form className={css.form} style={{ maxWidth: 560 }} onSubmit={(event) => { event.preventDefault(); raise.mutate(note); }}>
      <Textarea label={t('challenges.note')} required autosize minRows={2} maxLength={2_000} value={note} onChange={(event) => setNote(event.currentTarget.value)} data-autofocus />
      <div><Button type="submit" disabled={note.trim() === ''} loading={raise.isPending}>{t('save')}</Button></div>
    </form>
  );
};
