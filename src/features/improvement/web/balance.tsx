import { Button, Modal, Textarea } from '@mantine/core';
import { useState } from 'react';
import { FunctionLabel } from '../../../ui/function-mark';
import { BalanceBars } from './balance-bars';
import { useChange, type Part, type Problem } from './calls';
import css from './improvement.module.css';
import { t } from './text';

export const BalanceSection = ({ workspace, view, problem }: Part) => {
  const [open, setOpen] = useState(false);
  return (
    <section className={css.section} aria-labelledby="balance">
      <h2 id="balance">{t('balance.title')}</h2>
      <BalanceBars balance={problem.balance} />
      <h3><FunctionLabel fn="leadership">{t('balance.leadership')}</FunctionLabel></h3>
      <p data-user-text={problem.leadershipPart ? true : undefined}>{problem.leadershipPart || (problem.balance.leadershipNamed ? '' : t('balance.leadership.none'))}</p>
      {view.mayWrite && <div className="no-print"><Button variant="default" onClick={() => setOpen(true)}>{t('balance.leadership.edit')}</Button></div>}
      <Modal opened={open} onClose={() => setOpen(false)} title={t('balance.leadership')} closeButtonProps={{ 'aria-label': t('close') }}>{open && <PartForm workspace={workspace} problem={problem} done={() => setOpen(false)} />}</Modal>
    </section>
  );
};

const PartForm = ({ workspace, problem, done }: { workspace: string; problem: Problem; done: () => void }) => {
  const [text, setText] = useState(problem.leadershipPart);
  const save = useChange('changeProblem', workspace, t('saved'), done);
  return (
    <form className={css.form} onSubmit={(event) => { event.preventDefault(); save.mutate({ id: problem.id, version: problem.version, leadershipPart: text }); }}>
      <Textarea label={t('balance.leadership.hint')} autosize minRows={3} maxLength={2_000} value={text} onChange={(event) => setText(event.currentTarget.value)} data-autofocus />
      <Button type="submit" loading={save.isPending}>{t('save')}</Button>
    </form>
  );
};
