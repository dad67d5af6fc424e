import { Button, Modal, Select, Textarea } from '@mantine/core';
import { useState } from 'react';
import { FRICTION, LOOKS, PARTS, type Topic } from '../domain/views';
import { useChange, type Part } from './calls';
import css from './diagnosis.module.css';
import { t } from './text';

const DATA = LOOKS.map((look) => ({ value: look, label: t(`look.${look}`) }));

/** Differences in outlook that help and that harm: about money and customers, and in the eight parts of an interface. */
export const Views = ({ workspace, view }: Part) => {
  const change = useChange('look', workspace, t('views.saved'));
  const [noting, setNoting] = useState<Topic | null>(null);
  const row = (topic: Topic) => {
    const { look = null, note = '' } = view.views[topic] ?? {};
    const name = t(`topic.${topic}`);
    return (
      <li key={topic}>
        <span>{name}</span>
        {view.mayWrite ? (
          <Select aria-label={name} w={208} placeholder={t('look.none')} value={look} data={DATA} clearable clearButtonProps={{ 'aria-label': t('look.none') }} disabled={change.isPending} onChange={(value) => change.mutate({ version: view.version, topic, look: LOOKS.find((each) => each === value) ?? null, note })} />
        ) : <span className={look ? undefined : 'meta'}>{t(`look.${look ?? 'none'}`)}</span>}
        {look && (note || view.mayWrite) && (
          <span className={`${css.full} ${css.looks}`}>
            {note && <span data-user-text>{note}</span>}
            {view.mayWrite && <Button size="compact-sm" variant="subtle" className="no-print" aria-label={t(note ? 'views.change' : 'views.say', { topic: name })} onClick={() => setNoting(topic)}>{t(note ? 'views.edit' : 'views.add')}</Button>}
          </span>
        )}
      </li>
    );
  };
  return (
    <section className={css.section} aria-labelledby="views">
      <h2 id="views">{t('views.title')}</h2>
      <p className="meta">{t('views.text')}</p>
      <div className={css.two}>
        <div className={css.part}><h3>{t('views.money')}</h3><ul className={css.list}>{FRICTION.map(row)}</ul></div>
        <div className={css.part}><h3>{t('views.parts')}</h3><ul className={css.list}>{PARTS.map(row)}</ul></div>
      </div>
      <Modal opened={noting !== null} onClose={() => setNoting(null)} title={noting ? t(`topic.${noting}`) : ''} closeButtonProps={{ 'aria-label': t('close') }}>{noting && <Note workspace={workspace} view={view} topic={noting} done={() => setNoting(null)} />}</Modal>
    </section>
  );
};

/** How it is here, in words: what each function does or decides. */
const Note = ({ workspace, view, topic, done }: Part & { topic: Topic; done: () => void }) => {
  const said = view.views[topic];
  const [note, setNote] = useState(said?.note ?? '');
  const save = useChange('look', workspace, t('views.saved'), done);
  return (
    <form className={css.form} onSubmit={(event) => { event.preventDefault(); save.mutate({ version: view.version, topic, look: said?.look ?? null, note }); }}>
      <Textarea label={t('views.note')} description={t('views.note.hint')} autosize minRows={3} maxLength={2_000} value={note} onChange={(event) => setNote(event.currentTarget.value)} data-autofocus />
      <Button type="submit" loading={save.isPending}>{t('judge.save')}</Button>
    </form>
  );
};
