import { FunctionShape } from '../../../ui/function-mark';
import { FUNCTIONS } from '../../../lib/vocabulary';
import { EmptyState } from '../../../ui/page';
import { dayText } from '../../../ui/when';
import { isWhole, missingOf } from '../domain/action-plan';
import type { Record_ } from './calls';
import css from './huddle.module.css';
import { Remarks, Said, useAmending } from './record-edit';
import { stepName, t } from './text';

type Step = Record_['steps'][number];
type Note = Step['notes'][number];

const holds = ({ notes, withheld, remarks, shown }: Step): boolean => notes.length + withheld + remarks.length + shown.length > 0;

/** Whether there is nothing to tell yet, as before a Huddle begins. */
export const isBare = ({ phase, steps, disconnects, actions, remarks }: Record_): boolean => phase === 'planned' && !steps.some(holds) && disconnects.length + actions.length + remarks.length === 0;

/** The record: what it came to, then each step as it was opened to all. */
export const Told = ({ record }: { record: Record_ }) => {
  const amending = useAmending() !== null;
  const steps = record.steps.filter((step) => holds(step) || (amending && step.entered));
  if (steps.length === 0 && record.disconnects.length === 0 && record.actions.length === 0) return <EmptyState title={t('record.empty')}>{t('record.empty.text')}</EmptyState>;
  return (
    <div className={css.record}>
      {(record.remarks.length > 0 || amending) && <section className={css.part}><h2 className="lead">{t('record.remarks')}</h2><Remarks remarks={record.remarks} step={null} label={t('record.remark')} /></section>}
      {record.disconnects.length > 0 && <section className={css.part}><h2 className="lead">{t('record.disconnects')}</h2><ol className={css.found}>{record.disconnects.map(({ id, text }) => <li key={id} data-user-text>{text}</li>)}</ol></section>}
      {record.actions.length > 0 && <Plan record={record} />}
      {steps.map((step) => <StepPart key={step.id} step={step} />)}
    </div>
  );
};

/** Actions under the disconnect they answer. */
const Plan = ({ record: { disconnects, actions } }: { record: Record_ }) => (
  <section className={css.part}>
    <h2 className="lead">{t('record.actions')}</h2>
    {[...disconnects.map(({ id, text }) => ({ id, text })), { id: null, text: t('actions.other') }].map((each) => {
      const own = actions.filter(({ disconnect }) => disconnect === each.id);
      return own.length === 0 ? null : (
        <div key={each.id ?? 'other'} className={css.stack} style={{ gap: 8 }}>
          <h3 data-user-text>{each.text}</h3>
          <ul className={`${css.counts} ${css.agreed}`}>
            {own.map((action) => (
              <li key={action.id}>
                <div className={css.cardText} data-user-text><span>{action.text}</span><span className="meta">{[action.activities, action.carried ? t('actions.carried') : '', isWhole(action) ? '' : t('actions.lacks', { what: missingOf(action).map((lack) => t(`lack.${lack}`)).join(', ') })].filter(Boolean).join(' · ')}</span></div>
                <span data-user-text>{action.side && <><FunctionShape fn={action.side} /> </>}{action.owner}</span>
                <span className="meta">{action.dueOn ? t('actions.due', { day: dayText(action.dueOn) }) : ''}</span>
              </li>
            ))}
          </ul>
        </div>
      );
    })}
  </section>
);

const StepPart = ({ step }: { step: Step }) => {
  const apart = [...new Set(step.notes.flatMap(({ channel, room }) => (room === null ? [] : [channel])))];
  const together = [...new Set(step.notes.flatMap(({ channel, room }) => (room === null ? [channel] : [])))];
  const waves = [...new Set(step.shown.map(({ wave }) => wave))];
  const lines = (channel: string, room: string | null) => <ul>{step.notes.filter((note) => note.channel === channel && note.room === room).map((note) => <NoteLine key={note.id} note={note} />)}</ul>;
  return (
    <section className={css.part}>
      <h2 className="lead">{stepName(step)}</h2>
      {(step.shown.length > 0 || step.ready > 0) && <p className="meta">{[...waves.map((wave) => t('record.shownOf', { wave, tools: step.shown.filter((each) => each.wave === wave).map(({ tool }) => t(`tool.${tool as '1'}`)).join(', ') })), step.teams > 0 && step.ready > 0 ? t('record.ready', { ready: step.ready, teams: step.teams }) : ''].filter(Boolean).join(' · ')}</p>}
      {step.withheld > 0 && <p className="meta">{t('record.withheld', { count: step.withheld })}</p>}
      {apart.map((channel) => (
        <div key={channel} className={css.part}>
          <h3>{t(`channel.${channel as 'link'}`)}</h3>
          <div className={css.sides}>{FUNCTIONS.filter((room) => step.notes.some((note) => note.channel === channel && note.room === room)).map((room) => <div key={room}><h4 data-room={room}>{t(`fn.${room}`)}</h4>{lines(channel, room)}</div>)}</div>
        </div>
      ))}
      {together.length > 0 && <div className={css.sides}>{together.map((channel) => <div key={channel}><h3>{t(`channel.${channel as 'link'}`)}</h3>{lines(channel, null)}</div>)}</div>}
      <Remarks remarks={step.remarks} step={step.id} label={t('record.remarkOf', { step: stepName(step) })} />
    </section>
  );
};

const NoteLine = ({ note }: { note: Note }) => {
  const named = note.under.some(({ id }) => id === note.id);
  const told = [note.author, note.votes > 0 ? t('record.votes', { count: note.votes }) : ''].filter(Boolean).join(' · ');
  return (
    <li data-user-text>
      <Said note={note} strong={note.top || named} named={named} />
      {told && <span className="meta"> {told}</span>}
      {note.under.length > 0 && <ul>{note.under.map((each) => <li key={each.id}><Said note={each} /></li>)}</ul>}
    </li>
  );
};
