import { Button, Checkbox, SegmentedControl, Textarea } from '@mantine/core';
import { useState } from 'react';
import { CHANNEL, RULE, type Channel, type Step } from '../domain/agenda';
import { Actions } from './actions';
import { Clock } from './clock';
import css from './huddle.module.css';
import type { HeadView, TeamView } from './live/views';
import type { Session } from './live/use-live';
import { grouped } from '../domain/groups';
import { Notes, Sorting } from './notes';
import { AwayBanner, Refused, Saved, Waiting } from './saved';
import { Shown } from './shown';
import { Perspectives } from './perspectives';
import { Ranking } from './step-work';
import { stepName, t } from './text';
import { Tokens, tokensLeft } from './votes';
import { Write } from './write';

/** One's phone, or a team's one device: the step, the clock, the one thing to do now. */
export const SeatPage = ({ session, passKey }: { session: Session; passKey: string }) => {
  const { head } = session.view;
  if (!head || !session.seat) return <main className={css.phone} aria-busy="true"><AwayBanner session={session} /><p role="status">{t('coming')}</p></main>;
  const step = head.steps[head.at];
  // However far the notes are scrolled, what is left to place stays in sight.
  const round = step && head.phase === 'running' && !session.view.waiting ? session.view.rounds[step.id] : undefined;
  return (
    <main className={css.phone}>
      <header className={css.phoneHead}>
        <div><h1 className="lead">{head.phase === 'planned' ? head.name : head.phase === 'finished' ? t('seat.over') : step ? stepName(step) : head.name}</h1><Saved session={session} /></div>
        <Clock head={head} ahead={session.ahead} size="lead" />
        {round?.open && <p role="status">{t('vote.left', { count: tokensLeft(session, round) })}</p>}
      </header>
      <AwayBanner session={session} />
      <Refused session={session} />
      <div className={css.stack}>
        {session.view.waiting && head.phase !== 'finished' && <p role="status">{t('door.wait', { name: session.seat.name })}</p>}
        {!session.view.waiting && head.phase === 'planned' && <p>{t('seat.before', { name: session.seat.name })}</p>}
        {head.phase === 'finished' && <p>{t('seat.after')}</p>}
        {!session.view.waiting && head.phase === 'running' && step && <Now session={session} head={head} step={step} passKey={passKey} />}
      </div>
      <footer className={css.rules}><span>{t('rule.blame')}</span><span>{t('rule.future')}</span></footer>
    </main>
  );
};

const teamHere = (session: Session, step: Step): TeamView | undefined => session.view.teams.find(({ id, draw, members }) => draw === RULE[step.kind].teams && (id === session.seat?.team || members.some(({ seat }) => seat === session.seat?.id)));

/** Who gets what is written here, said before it is written. */
const seenBy = (session: Session, head: HeadView, step: Step, channel: Channel): string => {
  const { sees } = CHANNEL[channel];
  if (sees === 'all' || head.revealed.includes(step.id)) return t('seen.all');
  if (sees === 'team') return t('seen.team');
  const room = session.seat?.function ?? teamHere(session, step)?.room;
  return room ? t('seen.room', { room: t(`fn.${room}`) }) : t('seen.all');
};

const Now = ({ session, head, step, passKey }: { session: Session; head: HeadView; step: Step; passKey: string }) => {
  const { view, seat } = session;
  const rule = RULE[step.kind];
  const team = teamHere(session, step);
  const round = view.rounds[step.id];
  const channels = rule.channels.filter((channel) => { const { by } = CHANNEL[channel]; return by === 'everyone' || by === seat?.function; });
  const ready = team ? (view.counts.ready[step.id] ?? []).includes(team.id) : false;
  const notes = view.notes.filter((note) => note.step === step.id);
  if (round?.open) return <Voting session={session} step={step} />;
  if (channels.length === 0 && step.kind !== 'actions') return <><p>{t(`guide.${step.kind}`)}</p>{view.shown ? <Shown figures={view.shown} /> : <p className={css.idle}>{t('idle')}</p>}<Private passKey={passKey} step={step.id} /></>;
  return (
    <Sorting>
      <p>{t(`prompt.${step.kind}`)}</p>
      {team && <p className="meta">{t('seat.team', { number: team.number, names: team.members.map(({ name }) => name).filter(Boolean).join(', ') })}</p>}
      {team?.device && seat?.role === 'participant' && <p className="meta">{t('seat.device')}</p>}
      {view.shown && <Shown figures={view.shown} />}
      {rule.clarifying && <Perspectives session={session} />}
      <Channels session={session} head={head} step={step} channels={channels} notes={notes} top={team !== undefined} />
      {round?.tally && <Ranking notes={notes} tally={round.tally} heading="h2" />}
      {step.kind === 'actions' && <Actions session={session} may heading="h2" />}
      {team && <Checkbox label={t('team.weAreReady')} checked={ready} onChange={(event) => session.act({ kind: 'ready', step: step.id, ready: event.currentTarget.checked })} />}
      <Private passKey={passKey} step={step.id} />
    </Sorting>
  );
};

const Channels = ({ session, head, step, channels, notes, top }: { session: Session; head: HeadView; step: Step; channels: readonly Channel[]; notes: Session['view']['notes']; top: boolean }) => {
  const [chosen, choose] = useState<Channel | null>(null);
  const one = (channel: Channel) => (
    <div className={css.stack}>
      <p className="meta"><strong>{seenBy(session, head, step, channel)}</strong> {t(`anonymity.${head.anonymity}.short`)}</p>
      <Write session={session} step={step.id} channel={channel} help={channel.startsWith('lens') ? t(`help.${channel as 'lens_sales'}`) : undefined} />
      <Notes session={session} notes={notes.filter((note) => note.channel === channel)} may={{ own: session.own, group: !RULE[step.kind].clarifying, top: top && CHANNEL[channel].sees !== 'all' }} />
    </div>
  );
  const [first, second] = channels;
  if (!first) return null;
  const here = chosen !== null && channels.includes(chosen) ? chosen : first;
  return (
    <>
      {second ? (
        <>
          <SegmentedControl fullWidth aria-label={t('tab.label')} value={here} data={channels.map((channel) => ({ value: channel, label: t(`tab.${channel}`) }))} onChange={(value) => choose(channels.find((channel) => channel === value) ?? null)} />
          {one(here)}
        </>
      ) : one(first)}
      <Waiting session={session} step={step.id} />
    </>
  );
};

const Voting = ({ session, step }: { session: Session; step: Step }) => {
  const round = session.view.rounds[step.id];
  if (!round) return null;
  const heads = grouped(session.view.notes.filter((note) => note.step === step.id && !note.hidden)).map(({ head }) => head);
  return (
    <>
      <p>{t('vote.text')}</p>
      <Notes session={session} notes={heads} extra={(note) => <Tokens session={session} round={round} note={note} />} empty={t('notes.none')} />
    </>
  );
};

/** Private notes never leave the device; there is no call that takes them. */
const Private = ({ passKey, step }: { passKey: string; step: string }) => {
  const key = `huddle.private.${passKey}.${step}`;
  const [text, setText] = useState(() => localStorage.getItem(key) ?? '');
  const keep = (next: string) => { setText(next); try { localStorage.setItem(key, next); } catch { /* kept while the page is open */ } };
  const [open, setOpen] = useState(text !== '');
  if (!open) return <Button variant="default" style={{ alignSelf: 'flex-start' }} onClick={() => setOpen(true)}>{t('private.open')}</Button>;
  return <Textarea label={t('private.title')} description={t('private.text')} autosize minRows={3} maxRows={12} value={text} onChange={(event) => keep(event.currentTarget.value)} />;
};
