import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { dayText } from '../../../ui/when';
import { t } from '../text';
import css from './home.module.css';
import type { NextStep } from './next-step';

type Way = { path: string; label: string };

const wayOf = (step: NextStep): Way | null => {
  switch (step.kind) {
    case 'importPeople': return { path: '/people/import', label: t('home.next.importPeople.button') };
    case 'sayFunctions': return { path: '/people/departments', label: t('home.next.sayFunctions.button') };
    case 'setUp': return { path: '/understand', label: t('home.next.setUp.button') };
    case 'continueDraft': return { path: `/understand/waves/${step.wave.id}`, label: t('home.next.continueDraft.button') };
    case 'progress': return { path: `/understand/waves/${step.wave.id}`, label: t('home.next.progress.button') };
    case 'results': return { path: `/understand/waves/${step.wave.id}/results`, label: t('home.next.results.button') };
    case 'nextWave': return { path: '/understand', label: t(step.due ? 'home.next.nextWave.due.button' : 'home.next.nextWave.button') };
    default: return null;
  }
};

const words = (step: NextStep): { title: string; text: string } => {
  const wave = 'wave' in step ? step.wave.name : '';
  if (step.kind === 'sayFunctions') return { title: t('home.next.sayFunctions', { count: step.people }), text: t('home.next.sayFunctions.text') };
  if (step.kind === 'nextWave') {
    if (step.due) return { title: t('home.next.nextWave.due'), text: t('home.next.nextWave.due.text', { wave }) };
    return { title: t('home.next.nextWave', { date: step.wave.nextProposedFor ? dayText(step.wave.nextProposedFor) : '' }), text: t('home.next.nextWave.text', { wave }) };
  }
  return { title: t(`home.next.${step.kind}`, { wave }), text: t(`home.next.${step.kind}.text`) };
};

/** One line, at most one button. */
export const NextStepLine = ({ workspace, step }: { workspace: string; step: NextStep }) => {
  const { title, text } = words(step);
  const way = wayOf(step);
  return (
    <section className={css.next} aria-label={t('home.next')}>
      <div><strong className="lead">{title}</strong><p>{text}</p></div>
      {way && <Button component={Link} to={`/w/${workspace}${way.path}` as never}>{way.label}</Button>}
    </section>
  );
};
