import { Button, Modal, SegmentedControl, Textarea } from '@mantine/core';
import { useState } from 'react';
import { When } from '../../../ui/when';
import { CHECK_IN_EVERY, COURSES } from '../domain/plan';
import { useChange, type Part, type Problem } from './calls';
import css from './improvement.module.css';
import { t } from './text';

/** What was said about how it goes, newest first. */
export const CheckIns = ({ workspace, view, problem }: Part) => {
  const [open, setOpen] = useState(false);
  return (
    <section className={css.section} aria-labelledby="checks">
      <h2 id="checks">{t('checks.title')}</h2>
      {problem.silentDays !== null && problem.silentDays >= CHECK_IN_EVERY && <p><strong>{t('checks.silent', { days: problem.silentDays })}</strong></p>}
      {problem.checkIns.length === 0 ? <p className="meta">{t('checks.none')}</p> : <CheckInList checkIns={problem.checkIns} />}
      {view.mayWrite && problem.state === 'running' && <div className="no-print"><Button variant="default" onClick={() => setOpen(true)}>{t('checks.add')}</Button></div>}
      <Modal opened={open} onClose={() => setOpen(false)} title={t('checks.add')} closeButtonProps={{ 'aria-label': t('close') }}>{open && <CheckInForm workspace={workspace} id={problem.id} done={() => setOpen(false)} />}</Modal>
    </section>
  );
};

export const CheckInList = ({ checkIns }: Pick<Problem, 'checkIns'>) => (
  <ul className={css.rows}>
    {checkIns.map(({ id, course, note, action, name, at }) => <li key={id}><div><span style={{ fontWeight: 500 }}>{t(`course.${course}`)}</span><p data-user-text>{note || (action && t('checks.action', { action }))}</p></div><span className="meta"><span data-user-text>{name}</span> · <When at={at} /></span></li>)}
  </ul>
);

const CheckInForm = ({ workspace, id, done }: { workspace: string; id: string; done: () => void }) => {
  const [course, setCourse] = useState<(typeof COURSES)[number]>('on_course');
  const [note, setNote] = useState('');
  const save = useChange('checkIn', workspace, t('checks.saved'), done);
  return (
    <form className={css.form} onSubmit={(event) => { event.preventDefault(); save.mutate({ id, course, note }); }}>
      <SegmentedControl aria-label={t('checks.course')} value={course} data={COURSES.map((each) => ({ value: each, label: t(`course.${each}`) }))} onChange={(value) => setCourse(COURSES.find((each) => each === value) ?? 'on_course')} />
      <Textarea label={t('checks.note')} required autosize minRows={3} maxLength={2_000} value={note} onChange={(event) => setNote(event.currentTarget.value)} data-autofocus />
      <Button type="submit" disabled={note.trim() === ''} loading={save.isPending}>{t('save')}</Button>
    </form>
  );
};
