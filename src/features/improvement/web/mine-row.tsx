import { Button } from '@mantine/core';
import { dayText, When } from '../../../ui/when';
import { COURSES } from '../domain/plan';
import { ByLabel } from './by-label';
import type { OwnAction } from './calls';
import css from './mine.module.css';
import { t } from './mine-text';
import type { useMine } from './mine-calls';

export const civil = (day: string): string => dayText(`${day}T12:00:00`);
const daysTo = (today: string, day: string): number => Math.round((Date.parse(day) - Date.parse(today)) / 86_400_000);

/** A day that does not end at the reader's midnight says when it does. */
const endsElsewhen = (until: string): boolean => new Date(until).getHours() + new Date(until).getMinutes() > 0;

const Due = ({ action: { dueOn, until, due }, today }: { action: OwnAction; today: string }) => {
  if (dueOn === null) return <span className="meta">{t('day.none')}</span>;
  const days = daysTo(today, dueOn);
  const away = t('day.away', { days: days < -1 ? -days : days, past: days < 0 ? 'yes' : 'no' });
  return (
    <>
      <time className={css.day} dateTime={dueOn}>{civil(dueOn)}</time>
      <span className="meta">{due === 'overdue' ? <strong>{away}</strong> : away}</span>
      {until && due !== 'overdue' && endsElsewhen(until) && <span className="meta">{t('until', { until: '' })}<When at={until} show="both" /></span>}
    </>
  );
};

const CarriedNote = ({ carried }: Pick<OwnAction, 'carried'>) => {
  const [first, last] = [carried[0], carried.at(-1)];
  return first && last ? <p className="meta" data-user-text>{t('carried', { count: carried.length, from: first.from ? civil(first.from) : 'none', why: last.why })}</p> : null;
};

/** An open action: what, for what, how it goes with one tap, done or later. */
export const OpenRow = ({ action, today, calls, onCarry }: { action: OwnAction; today: string; calls: ReturnType<typeof useMine>; onCarry: () => void }) => {
  const { text, problemTitle, effect, lastWord } = action;
  const said = lastWord?.today ? lastWord.course : null;
  const busy = calls.done.isPending || calls.course.isPending;
  return (
    <li id={`action-${action.id}`}>
      <div className={css.when}><Due action={action} today={today} /></div>
      <div className={css.what}>
        <span className={css.text} data-user-text>{text}</span>
        <p className="meta" data-user-text>{t('problem', { title: problemTitle })}</p>
        {effect && <p className="meta" data-user-text>{t('effect', { effect })}</p>}
        <CarriedNote carried={action.carried} />
        <p className="meta"><ByLabel by={action.by} /></p>
      </div>
      <div className={css.taps}>
        <div className={css.course} role="group" aria-label={t('course', { text })}>
          {COURSES.map((each) => <button key={each} type="button" aria-pressed={said === each} disabled={busy} onClick={() => said !== each && calls.course.mutate({ action, to: each })}>{t(`course.${each}`)}</button>)}
        </div>
        <span className="meta">{lastWord ? <>{t('course.last', { course: lastWord.course })} <When at={lastWord.at} show={lastWord.today ? 'clock' : 'day'} /></> : t('course.never')}</span>
        <div className={css.ends}>
          <Button variant="default" disabled={busy} aria-label={`${t('done')}: ${text}`} onClick={() => calls.done.mutate(action)}>{t('done')}</Button>
          <Button variant="default" disabled={busy} aria-label={`${t('carry')}: ${text}`} onClick={onCarry}>{t('carry')}</Button>
        </div>
      </div>
    </li>
  );
};

export const DoneRow = ({ action, calls }: { action: OwnAction; calls: ReturnType<typeof useMine> }) => (
  <li>
    <div className={css.when}>{action.doneAt && <><span className="meta">{t('doneOn')}</span><When at={action.doneAt} /></>}</div>
    <div className={css.what}><span data-user-text>{action.text}</span><p className="meta" data-user-text>{t('problem', { title: action.problemTitle })}</p></div>
    <div className={css.taps}><div className={css.ends}><Button variant="default" disabled={calls.reopen.isPending} aria-label={`${t('reopen')}: ${action.text}`} onClick={() => calls.reopen.mutate(action)}>{t('reopen')}</Button></div></div>
  </li>
);
