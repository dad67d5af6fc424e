import { Button, Select, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { CAUSES } from '../../../lib/vocabulary';
import { AREAS, SECTIONS } from '../domain/areas';
import { useChange, type Problem } from './calls';
import css from './improvement.module.css';
import { areaName, t } from './text';

/** A problem in one sentence, where it shows, and what may be behind it. */
export const ProblemForm = ({ workspace, problem, done }: { workspace: string; problem: Problem | null; done: () => void }) => {
  const [title, setTitle] = useState(problem?.title ?? '');
  const [area, setArea] = useState<string | null>(problem?.area ?? null);
  const [cause, setCause] = useState<string | null>(problem?.cause ?? null);
  const add = useChange('addProblem', workspace, t('problem.added'), done);
  const change = useChange('changeProblem', workspace, t('saved'), done);
  const place = AREAS.find((each) => each === area);
  const behind = CAUSES.find((each) => each === cause) ?? null;
  return (
    <form className={css.form} onSubmit={(event) => { event.preventDefault(); if (!place) return; if (problem) change.mutate({ id: problem.id, version: problem.version, title, area: place, cause: behind }); else add.mutate({ title, area: place, cause: behind }); }}>
      <TextInput label={t('problem.title')} description={t('problem.title.hint')} required maxLength={240} value={title} onChange={(event) => setTitle(event.currentTarget.value)} data-autofocus />
      <Select label={t('problem.area')} required searchable value={area} data={[{ group: t('area.group.tools'), items: SECTIONS.map((each) => ({ value: each, label: areaName(each) })) }, { group: t('area.group.causes'), items: CAUSES.map((each) => ({ value: each, label: areaName(each) })) }]} onChange={setArea} />
      <Select label={t('problem.cause')} clearable clearButtonProps={{ 'aria-label': t('problem.cause.none') }} placeholder={t('problem.cause.none')} value={cause} data={CAUSES.map((each) => ({ value: each, label: areaName(each) }))} onChange={setCause} />
      <Button type="submit" disabled={title.trim() === '' || !place} loading={add.isPending || change.isPending}>{t('save')}</Button>
    </form>
  );
};

type To = Problem['state'];

/** Solving and dropping say why. */
export const EndForm = ({ workspace, problem, to, done }: { workspace: string; problem: Problem; to: To; done: () => void }) => {
  const [note, setNote] = useState('');
  const save = useChange('setState', workspace, t('problem.moved'), done);
  return (
    <form className={css.form} onSubmit={(event) => { event.preventDefault(); save.mutate({ id: problem.id, version: problem.version, to, note }); }}>
      <Textarea label={t(to === 'solved' ? 'solve.note' : 'drop.note')} description={to === 'solved' ? t('solve.hint') : undefined} required autosize minRows={3} maxLength={2_000} value={note} onChange={(event) => setNote(event.currentTarget.value)} data-autofocus />
      <Button type="submit" disabled={note.trim() === ''} loading={save.isPending}>{t('save')}</Button>
    </form>
  );
};
