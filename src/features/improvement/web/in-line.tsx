import { Button, Modal } from '@mantine/core';
import { useState } from 'react';
import { When } from '../../../ui/when';
import { useChange, type Problem, type Programme } from './calls';
import css from './improvement.module.css';
import { EndForm, ProblemForm } from './problem-form';
import { actionsText } from './track';
import { areaName, changeText, measureName, t } from './text';

type Open = { problem: Problem | null; form: 'words' | 'solved' | 'dropped' } | null;

/** Opens the forms that change a problem's words or end it. */
export const useProblemForms = (workspace: string) => {
  const [open, setOpen] = useState<Open>(null);
  const close = () => setOpen(null);
  const title = open === null ? '' : open.form === 'solved' ? t('problem.solve') : open.form === 'dropped' ? t('problem.drop') : t(open.problem ? 'problem.edit' : 'problem.add');
  const modal = (
    <Modal opened={open !== null} onClose={close} title={title} closeButtonProps={{ 'aria-label': t('close') }}>
      {open?.form === 'words' && <ProblemForm workspace={workspace} problem={open.problem} done={close} />}
      {open?.problem && open.form !== 'words' && <EndForm workspace={workspace} problem={open.problem} to={open.form} done={close} />}
    </Modal>
  );
  return { open: (form: NonNullable<Open>['form'], problem: Problem | null = null) => setOpen({ form, problem }), modal };
};

/** Those that wait, those that were solved and stay watched, those that were dropped. */
export const InLine = ({ workspace, view }: { workspace: string; view: Programme }) => {
  const forms = useProblemForms(workspace);
  const of = (state: Problem['state']) => view.problems.filter((problem) => problem.state === state);
  const running = of('running').length > 0;
  const list = (state: 'waiting' | 'solved' | 'dropped', title: string) => of(state).length > 0 && (
    <section className={css.section} aria-labelledby={`line-${state}`}>
      <h2 id={`line-${state}`}>{title}</h2>
      <ul className={css.rows}>{of(state).map((problem, at) => <Row key={problem.id} workspace={workspace} problem={problem} mayWrite={view.mayWrite} mayBegin={!running} first={at === 0} onOpen={forms.open} />)}</ul>
    </section>
  );
  return <>{list('waiting', t('line.waiting'))}{list('solved', t('line.watched'))}{list('dropped', t('line.dropped'))}{forms.modal}</>;
};

type RowProps = { workspace: string; problem: Problem; mayWrite: boolean; mayBegin: boolean; first: boolean; onOpen: (form: 'words' | 'dropped', problem: Problem) => void };

const Row = ({ workspace, problem, mayWrite, mayBegin, first, onOpen }: RowProps) => {
  const move = useChange('setState', workspace, t('problem.moved'));
  const ahead = useChange('changeProblem', workspace, t('saved'));
  const seen = { id: problem.id, version: problem.version };
  const button = (label: string, onClick: () => void) => <Button size="compact-md" variant="default" disabled={move.isPending || ahead.isPending} aria-label={`${label}: ${problem.title}`} onClick={onClick}>{label}</Button>;
  return (
    <li id={`problem-${problem.id}`}>
      <div>
        <span data-user-text style={{ fontWeight: 500 }}>{problem.title}</span>
        <p className="meta">{[areaName(problem.area), problem.cause && problem.cause !== problem.area && areaName(problem.cause), problem.fromHuddle && t('problem.fromHuddle'), problem.actions.length > 0 && actionsText(problem)].filter(Boolean).join(' · ')}</p>
        {problem.endedAt && <p className="meta"><When at={problem.endedAt} />: <span data-user-text>{problem.endedNote}</span></p>}
        {problem.watch && <p>{t(`watch.${problem.watch}`)} <span className="meta">{[problem.said, problem.recorded].flatMap((track) => (track?.change ? [`${measureName(track.measure)} ${changeText(track) ?? ''}`] : [])).join('; ')}</span></p>}
      </div>
      {mayWrite && (
        <div className={`${css.acts} no-print`}>
          {problem.state === 'waiting' && mayBegin && button(t('problem.begin'), () => move.mutate({ ...seen, to: 'running' }))}
          {problem.state === 'waiting' && !first && button(t('problem.first'), () => ahead.mutate({ ...seen, first: true }))}
          {problem.state === 'waiting' && button(t('problem.edit'), () => onOpen('words', problem))}
          {problem.state === 'waiting' && button(t('problem.drop'), () => onOpen('dropped', problem))}
          {problem.state === 'solved' && button(t('problem.reopen'), () => move.mutate({ ...seen, to: mayBegin ? 'running' : 'waiting' }))}
          {problem.state === 'dropped' && button(t('problem.back'), () => move.mutate({ ...seen, to: 'waiting' }))}
        </div>
      )}
    </li>
  );
};
