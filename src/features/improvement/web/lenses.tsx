import { Button, Modal, Textarea } from '@mantine/core';
import { useState } from 'react';
import { FunctionLabel, functionName } from '../../../ui/function-mark';
import { When } from '../../../ui/when';
import { LENSES, questionsFor, type Lens } from '../domain/lenses';
import { useChange, type Part, type Problem } from './calls';
import css from './improvement.module.css';
import { questionText } from './question-text';
import { t } from './text';

const answerTo = (problem: Problem, lens: Lens, question: string) => problem.answers.find((answer) => answer.lens === lens && answer.question === question);

/** Questions to sales, marketing and leadership, with their answers side by side. */
export const Lenses = ({ workspace, view, problem }: Part) => {
  const [open, setOpen] = useState<{ lens: Lens; question: string } | null>(null);
  return (
    <section className={css.section} aria-labelledby="lenses">
      <h2 id="lenses">{t('lenses.title')}</h2>
      <p className="meta">{t('lenses.text')}</p>
      <div className={css.three}>
        {LENSES.map((lens) => <Column key={lens} lens={lens} problem={problem} onOpen={view.lenses.includes(lens) ? (question) => setOpen({ lens, question }) : null} />)}
      </div>
      <Modal opened={open !== null} onClose={() => setOpen(null)} title={open ? t('lenses.title.form', { lens: functionName(open.lens) }) : ''} closeButtonProps={{ 'aria-label': t('close') }}>
        {open && <AnswerForm workspace={workspace} problem={problem} {...open} done={() => setOpen(null)} />}
      </Modal>
    </section>
  );
};

const Column = ({ lens, problem, onOpen }: { lens: Lens; problem: Problem; onOpen: ((question: string) => void) | null }) => {
  const questions = questionsFor(problem.area, lens);
  const unanswered = questions.filter((question) => !answerTo(problem, lens, question)).length;
  return (
    <div className={css.lens}>
      <h3><FunctionLabel fn={lens} /> <span className="meta">{t('lenses.open', { count: unanswered })}</span></h3>
      <ol>
        {questions.map((question) => {
          const answer = answerTo(problem, lens, question);
          const text = questionText(problem.area, question);
          return (
            <li key={question}>
              <span className="meta">{text}</span>
              {answer && <span data-user-text>{answer.text}</span>}
              {answer && <span className="meta"><span data-user-text>{t('lenses.by', { name: answer.name })}</span> <When at={answer.at} /></span>}
              {!answer && !onOpen && <span className="meta">{t('lenses.unanswered')}</span>}
              {onOpen && <span className="no-print"><Button size="compact-sm" variant="default" aria-label={`${t(answer ? 'lenses.edit' : 'lenses.answer')}: ${text}`} onClick={() => onOpen(question)}>{t(answer ? 'lenses.edit' : 'lenses.answer')}</Button></span>}
            </li>
          );
        })}
      </ol>
    </div>
  );
};

const AnswerForm = ({ workspace, problem, lens, question, done }: { workspace: string; problem: Problem; lens: Lens; question: string; done: () => void }) => {
  const before = answerTo(problem, lens, question);
  const [text, setText] = useState(before?.text ?? '');
  const save = useChange('answer', workspace, t('lenses.saved'), done);
  return (
    <form className={css.form} onSubmit={(event) => { event.preventDefault(); save.mutate({ id: problem.id, lens, question, version: before?.version ?? 0, text }); }}>
      <Textarea label={questionText(problem.area, question)} autosize minRows={4} maxLength={2_000} value={text} onChange={(event) => setText(event.currentTarget.value)} data-autofocus />
      <Button type="submit" disabled={!before && text.trim() === ''} loading={save.isPending}>{t('save')}</Button>
    </form>
  );
};
