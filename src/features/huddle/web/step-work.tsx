import { FunctionShape } from '../../../ui/function-mark';
import { CHANNEL, RULE, type Channel, type Step } from '../domain/agenda';
import type { NoteView, TeamView } from './live/views';
import type { Session } from './live/use-live';
import { Actions, Carried } from './actions';
import { Disconnects } from './disconnects';
import css from './huddle.module.css';
import { Notes, Sorting, type May } from './notes';
import { Perspectives } from './perspectives';
import { t } from './text';
import { ranked } from './votes';

const FUNCTIONS = ['sales', 'marketing', 'leadership'] as const;

/** Notes of one channel: of a separate room, the rooms side by side; else one list. */
const ChannelNotes = ({ session, channel, notes, may }: { session: Session; channel: Channel; notes: readonly NoteView[]; may: May }) => {
  const here = notes.filter((note) => note.channel === channel);
  if (CHANNEL[channel].sees !== 'room') return <section className={css.part}><h3>{t(`channel.${channel}`)}</h3><Notes session={session} notes={here} may={may} empty={t('notes.none')} /></section>;
  return (
    <section className={css.part}>
      <h3>{t(`channel.${channel}`)}</h3>
      <div className={css.sides}>
        {FUNCTIONS.filter((room) => room !== 'leadership' || here.some((note) => note.room === room)).map((room) => (
          <div key={room}><h4 data-room={room}>{t(`fn.${room}`)}</h4><Notes session={session} notes={here.filter((note) => note.room === room)} may={may} empty={t('notes.none')} /></div>
        ))}
      </div>
    </section>
  );
};

/** Whose team it is; in a mixed one, nothing. */
const Room = ({ of }: { of: TeamView['room'] }) => (of ? <span className="meta"><FunctionShape fn={of} /> {t(`fn.${of}`)}</span> : null);

/** How much lies in each room or team, where what it says is not for whoever leads yet. */
const Counted = ({ session, step }: { session: Session; step: Step }) => {
  const { counts, teams } = session.view;
  const of = counts.notes[step.id] ?? {};
  const ready = counts.ready[step.id] ?? [];
  const here = teams.filter(({ draw }) => draw === RULE[step.kind].teams);
  const name = (id: string): string => { const team = here.find((each) => each.id === id); return team ? t('team.name', { number: team.number }) : id === '' ? t('team.none') : t(`fn.${id as 'sales'}`); };
  const roomOf = (id: string) => here.find((each) => each.id === id)?.room ?? null;
  const ids = [...new Set([...here.map(({ id }) => id), ...Object.keys(of)])];
  if (ids.length === 0) return <p className="meta">{t('counts.none')}</p>;
  return (
    <ul className={css.counts} aria-label={t('counts.title')}>
      {ids.map((id) => <li key={id}><span>{name(id)} <Room of={roomOf(id)} /></span><strong>{t('counts.notes', { count: of[id] ?? 0 })}</strong><span className="meta">{ready.includes(id) ? t('team.ready') : ''}</span></li>)}
    </ul>
  );
};

/** What a step holds, as whoever leads sees it. */
export const StepWork = ({ session, step, leads = true }: { session: Session; step: Step; leads?: boolean }) => {
  const { view } = session;
  const rule = RULE[step.kind];
  const notes = view.notes.filter((note) => note.step === step.id);
  const round = view.rounds[step.id];
  const kept = rule.channels.some((channel) => CHANNEL[channel].sees === 'room' || CHANNEL[channel].sees === 'team') && !view.head?.revealed.includes(step.id);
  const may: May = { group: view.head?.phase === 'running' && (leads || notes.length > 0), top: !leads, hide: leads, own: session.own };
  return (
    <Sorting>
        {rule.channels.length > 0 && kept && <div className={css.part}><p>{t(`kept.${rule.teams ?? 'single'}`)}</p><Counted session={session} step={step} /></div>}
        {rule.clarifying && <Perspectives session={session} />}
        {round?.tally && <Ranking notes={notes} tally={round.tally} />}
        {rule.channels.filter((channel) => !kept || CHANNEL[channel].sees === 'all').map((channel) => <ChannelNotes key={channel} session={session} channel={channel} notes={notes} may={may} />)}
        {(step.kind === 'disconnects' || step.kind === 'summary') && <Disconnects session={session} notes={notes} tally={round?.tally ?? {}} />}
        {step.kind === 'actions' && <Actions session={session} may />}
        {step.kind === 'kickoff' && <Carried session={session} />}
    </Sorting>
  );
};

export const Ranking = ({ notes, tally, most = 12, heading: Heading = 'h3' }: { notes: readonly NoteView[]; tally: Readonly<Record<string, number>>; most?: number; heading?: 'h2' | 'h3' }) => {
  const rows = ranked(notes, tally).filter(({ votes }) => votes > 0).slice(0, most);
  const top = rows[0]?.votes ?? 1;
  return (
    <section className={css.part}>
      <Heading>{t('vote.result')}</Heading>
      {rows.length === 0 ? <p className="meta">{t('vote.nobody')}</p> : <ol className={css.ranking}>{rows.map(({ note, votes }) => <li key={note.id}><span data-user-text>{note.groupName || note.text}</span><i style={{ width: `${(votes / top) * 100}%` }} /><strong>{votes}</strong></li>)}</ol>}
    </section>
  );
};
