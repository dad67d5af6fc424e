import { Button, Drawer, Modal, Select, Textarea } from '@mantine/core';
import { useState } from 'react';
import { CONFIGURATIONS, FACTS, FEWEST_FACTS, type Configuration, type Fact } from '../domain/configuration';
import { CAUSES } from '../domain/causes';
import data from '../../../ui/data.module.css';
import { useChange, type Part, type View } from './calls';
import css from './diagnosis.module.css';
import { listed, percent, t } from './text';

const NAMES = Object.keys(FACTS) as Fact[];
const typeName = (type: Configuration): string => t(`type.${type}`);
const factText = (fact: string): string => t(`fact.${fact as Fact}`);
const answerText = (fact: string, answer: string): string => t(`fact.${fact}.${answer}` as 'fact.place.near');

/** Where the company stands between four ways of organising the two functions, and what was read from which fact. */
export const Place = ({ workspace, view }: Part) => {
  const [form, setForm] = useState<'facts' | 'correction' | null>(null);
  const { placing, corrected, today } = view.configuration;
  const follow = useChange('correct', workspace, t('place.back'));
  const stated = Object.keys(view.configuration.facts).length;
  return (
    <section className={css.section} aria-labelledby="place">
      <h2 id="place">{t('place.title')}</h2>
      {!placing && !corrected && <p>{view.mayWrite ? t('place.none') : t('place.none.reader')}{stated > 0 && stated < FEWEST_FACTS ? ` ${t('place.few', { count: stated })}` : ''}</p>}
      {today && <Standing view={view} />}
      {view.mayWrite && (
        <div className={`${css.acts} no-print`}>
          <Button variant={stated === 0 ? 'filled' : 'default'} onClick={() => setForm('facts')}>{stated === 0 ? t('place.state') : t('place.change')}</Button>
          <Button variant="default" onClick={() => setForm('correction')}>{t('place.correct')}</Button>
          {corrected && <Button variant="default" loading={follow.isPending} onClick={() => follow.mutate({ version: view.version, configuration: null })}>{t('place.follow')}</Button>}
        </div>
      )}
      <Drawer opened={form === 'facts'} onClose={() => setForm(null)} position="right" title={t('facts.title')} closeButtonProps={{ 'aria-label': t('close') }}><FactsForm workspace={workspace} view={view} done={() => setForm(null)} /></Drawer>
      <Modal opened={form === 'correction'} onClose={() => setForm(null)} title={t('place.where')} closeButtonProps={{ 'aria-label': t('close') }}><Correction workspace={workspace} view={view} done={() => setForm(null)} /></Modal>
    </section>
  );
};

const Standing = ({ view: { configuration: { placing, corrected, correctedNote, today, next } } }: { view: View }) => {
  if (!today) return null;
  const said = corrected
    ? placing && placing.nearest !== corrected ? t('place.corrected', { type: typeName(corrected), nearest: typeName(placing.nearest), note: correctedNote }) : t('place.correctedAlone', { type: typeName(corrected), note: correctedNote })
    : t('place.nearest', { type: typeName(today) });
  return (
    <>
      <p><strong data-user-text={corrected ? true : undefined}>{said}</strong>{placing && !corrected && placing.asNear.length > 0 ? ` · ${t('place.asNear', { types: listed(placing.asNear.map(typeName)) })}` : ''}{next ? ` · ${t('place.next', { type: typeName(next) })}` : ''}</p>
      <ol className={css.line}>
        {CONFIGURATIONS.map((type) => (
          <li key={type} className={css.type} data-here={type === today} aria-current={type === today ? 'true' : undefined}>
            <strong>{typeName(type)}</strong>
            {placing && <span className={css.near} role="img" aria-label={t('place.nearness', { type: typeName(type), percent: percent(placing.nearness[type]) })}><i style={{ width: percent(placing.nearness[type]) }} /></span>}
            <span className="meta">{t(`type.${type}.text`)}</span>
          </li>
        ))}
      </ol>
      <p>{t(`move.${today}`)}</p>
      <Expected today={today} next={next} />
      {placing && <p className="meta">{t('place.because', { count: placing.because.length })}: {placing.because.map(({ fact, answer }) => `${factText(fact)}: ${answerText(fact, answer).toLowerCase()}`).join('; ')}.{placing.unanswered.length > 0 ? ` ${t('place.open', { facts: placing.unanswered.map((fact) => factText(fact).toLowerCase()).join(', ') })}.` : ''}</p>}
    </>
  );
};

/** What each root cause usually is where the company stands, and what it turns into where it would stand next. */
const Expected = ({ today, next }: { today: Configuration; next: Configuration | null }) => (
  <div className={css.part}>
    <h3 id="expected">{t('table.title')}</h3>
    <div className={data.scroll}><table className={`${data.table} ${css.expected}`} aria-labelledby="expected">
      <thead><tr><th scope="col">{t('table.cause')}</th><th scope="col">{t('table.today', { type: typeName(today) })}</th>{next && <th scope="col">{t('table.next', { type: typeName(next) })}</th>}</tr></thead>
      <tbody>{CAUSES.map((cause) => <tr key={cause}><th scope="row">{t(`cause.${cause}`)}</th><td>{t(`at.${cause}.${today}`)}</td>{next && <td>{t(`at.${cause}.${next}`)}</td>}</tr>)}</tbody>
    </table></div>
  </div>
);

const FactsForm = ({ workspace, view, done }: Part & { done: () => void }) => {
  const [facts, setFacts] = useState<Partial<Record<string, string>>>(view.configuration.facts);
  const save = useChange('stateFacts', workspace, t('facts.saved'), done);
  return (
    <form className={css.form} onSubmit={(event) => { event.preventDefault(); save.mutate({ version: view.version, facts }); }}>
      <p className="meta" style={{ margin: 0 }}>{t('facts.text')}</p>
      {NAMES.map((fact) => (
        <Select
          key={fact} label={factText(fact)} placeholder={t('fact.open')} clearable value={facts[fact] ?? null} data={FACTS[fact].map((answer) => ({ value: answer, label: answerText(fact, answer) }))}
          clearButtonProps={{ 'aria-label': t('fact.open') }} onChange={(value) => setFacts(({ [fact]: _, ...others }) => (value ? { ...others, [fact]: value } : others))}
        />
      ))}
      <Button type="submit" loading={save.isPending}>{t('facts.save')}</Button>
    </form>
  );
};

const Correction = ({ workspace, view, done }: Part & { done: () => void }) => {
  const [type, setType] = useState<string | null>(view.configuration.today);
  const [note, setNote] = useState(view.configuration.correctedNote);
  const save = useChange('correct', workspace, t('place.saved'), done);
  const chosen = CONFIGURATIONS.find((each) => each === type);
  return (
    <form className={css.form} onSubmit={(event) => { event.preventDefault(); if (chosen) save.mutate({ version: view.version, configuration: chosen, note }); }}>
      <Select label={t('place.where')} required data={CONFIGURATIONS.map((each) => ({ value: each, label: typeName(each) }))} value={type} onChange={setType} />
      <Textarea label={t('place.note')} required autosize minRows={3} maxLength={2_000} value={note} onChange={(event) => setNote(event.currentTarget.value)} />
      <Button type="submit" disabled={!chosen || note.trim() === ''} loading={save.isPending}>{t('judge.save')}</Button>
    </form>
  );
};
