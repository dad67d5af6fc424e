import { CHANNEL, RULE, type Step } from '../domain/agenda';
import { Clock, leftOf } from './clock';
import type { HeadView } from './live/views';
import { useNow, type Session } from './live/use-live';
import css from './wall.module.css';
import { AwayBanner } from './saved';
import { Qr } from './qr';
import { Shown } from './shown';
import { codeText, stepName, t } from './text';
import { ranked } from './votes';

const LINES = 7;

/** The big screen: what it is about, one thing, the time. Dark in either theme; no names. */
export const Wall = ({ session }: { session: Session }) => {
  const { head } = session.view;
  const now = useNow(session.ahead);
  if (!head) return <div className={css.wall}><AwayBanner session={session} /></div>;
  const step = head.steps[head.at];
  const left = leftOf(head, now);
  const whole = (step?.minutes ?? 0) * 60_000;
  return (
    <div className={css.wall}>
      <header className={css.top}>
        <h1>{step ? stepName(step) : head.name}</h1>
        <p><span>{t('rule.blame')}</span><span>{t('rule.future')}</span></p>
        <p className={css.code} data-user-text>{`${location.host}/h`}<strong>{codeText(head.code)}</strong></p>
      </header>
      <AwayBanner session={session} />
      <main className={css.centre}>{head.phase === 'running' && step ? <Centre session={session} head={head} step={step} /> : <Door head={head} joined={session.view.counts.joined} />}</main>
      <footer className={css.bottom} data-last={left !== null && left < 60_000 && head.clock && 'endsAt' in head.clock ? true : undefined}>
        {left !== null && <Clock head={head} ahead={session.ahead} size="wall" />}
        <span className={css.bar}><i style={{ width: `${whole > 0 && left !== null ? Math.max(0, Math.min(100, (left / whole) * 100)) : 0}%` }} /></span>
        <ReadyLine session={session} step={step} />
      </footer>
    </div>
  );
};

const ReadyLine = ({ session, step }: { session: Session; step: Step | undefined }) => {
  const teams = session.view.teams.filter(({ draw }) => step && draw === RULE[step.kind].teams).length;
  return <span className={css.ready}>{teams > 0 && step ? t('wall.ready', { ready: (session.view.counts.ready[step.id] ?? []).length, teams }) : t('wall.now', { count: session.view.counts.joined })}</span>;
};

const Door = ({ head, joined }: { head: HeadView; joined: number }) =>
  head.phase === 'finished' ? <p className={css.prompt}>{t('seat.after')}</p> : <div className={css.door}><Qr text={`${location.origin}/h#${head.code}`} label={t('invite.qr')} /><div><p className={css.prompt} data-user-text>{head.name}</p><p>{t('wall.join', { host: `${location.host}/h` })}</p><p className={css.prompt} data-user-text>{codeText(head.code)}</p><p>{t('wall.now', { count: joined })}</p></div></div>;

/** Exactly one thing: a chart, a ranking, two columns, the disconnects, or the prompt. */
const Centre = ({ session, head, step }: { session: Session; head: HeadView; step: Step }) => {
  const { view } = session;
  const round = view.rounds[step.id];
  const notes = view.notes.filter((note) => note.step === step.id && !note.hidden);
  if (view.shown) return <div className={css.chart}><Shown figures={view.shown} /></div>;
  if (round?.open) return <p className={css.prompt}>{t('wall.voting', { count: round.voters })}</p>;
  if (round?.tally) return <Lines rows={ranked(notes, round.tally).filter(({ votes }) => votes > 0).map(({ note, votes }) => [note.id, note.groupName || note.text, String(votes)])} />;
  if (step.kind === 'perspectives') return <TwoSides session={session} of={head.steps.filter(({ kind }) => kind === 'forum').map(({ id }) => id)} />;
  if (RULE[step.kind].channels.some((channel) => CHANNEL[channel].sees === 'room') && head.revealed.includes(step.id)) return <TwoSides session={session} of={[step.id]} />;
  if (step.kind === 'opening') return <Swot session={session} />;
  if ((step.kind === 'summary' || step.kind === 'wrapup' || step.kind === 'actions') && view.disconnects.length > 0) return <Lines rows={view.disconnects.map(({ id, text }, at) => [id, text, String(at + 1)])} />;
  if (step.kind === 'synthesis' && notes.length > 0) return <Lines rows={notes.slice(-LINES).map(({ id, text }) => [id, text, ''])} />;
  return <p className={css.prompt}>{t(`prompt.${step.kind}`)}</p>;
};

/** Characters in a line of the ranking, and of one of two columns; lines of them that fit at the larger size. */
const [WIDE, NARROW, ROOM] = [75, 48, 11];
/** Long texts stand smaller, and none longer than two lines: all seven can be read from the last row, whole they are on every phone. */
const isDense = (texts: readonly string[], inLine: number): true | undefined => texts.slice(0, LINES).reduce((lines, text) => lines + Math.min(2, Math.ceil(text.length / inLine)), 0) > ROOM || undefined;

const Lines = ({ rows }: { rows: string[][] }) => <ol className={css.lines} data-dense={isDense(rows.map(([, text = '']) => text), WIDE)}>{rows.slice(0, LINES).map(([id, text, mark]) => <li key={id}><span data-user-text>{text}</span><strong>{mark}</strong></li>)}</ol>;

/** Summaries of the two rooms: what the teams marked, else what there is, as much as can be read from the last row; both in one size. */
const TwoSides = ({ session, of }: { session: Session; of: readonly string[] }) => {
  const rooms = (['sales', 'marketing'] as const).map((room) => {
    const here = session.view.notes.filter((note) => of.includes(note.step) && note.room === room && !note.hidden);
    return { room, shown: here.some(({ top }) => top) ? here.filter(({ top }) => top) : here };
  });
  return (
    <div className={css.two} data-dense={rooms.some(({ shown }) => isDense(shown.map(({ text }) => text), NARROW)) || undefined}>
      {rooms.map(({ room, shown }) => <section key={room}><h2 data-room={room}>{t(`fn.${room}`)}</h2><ul>{shown.slice(0, LINES).map(({ id, text }) => <li key={id}><span data-user-text>{text}</span></li>)}</ul>{shown.length > LINES && <p className={css.more}>{t('wall.more', { count: shown.length - LINES })}</p>}</section>)}
    </div>
  );
};

const Swot = ({ session }: { session: Session }) => (
  <div className={css.two}>
    {(['strength', 'weakness', 'opportunity', 'threat'] as const).map((channel) => <section key={channel}><h2>{t(`channel.${channel}`)}</h2><ul>{session.view.notes.filter((note) => note.channel === channel && !note.hidden).slice(0, 4).map(({ id, text }) => <li key={id}><span data-user-text>{text}</span></li>)}</ul></section>)}
  </div>
);
