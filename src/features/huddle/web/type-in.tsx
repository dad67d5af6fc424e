import { Button, Checkbox, NumberInput, Select, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Answered } from '../../../ui/page';
import { FUNCTIONS } from '../../../lib/vocabulary';
import { CHANNEL, RULE, type Channel, type Draw, type Room, type Step } from '../domain/agenda';
import { grouped } from '../domain/groups';
import type { Action } from '../domain/operation';
import { Actions } from './actions';
import { huddleClient } from './calls';
import { Disconnects } from './disconnects';
import { Entry } from './entry';
import css from './huddle.module.css';
import { newId } from './live/new-id';
import type { HeadView, NoteView, TeamView } from './live/views';
import { useLive, type Session } from './live/use-live';
import { AwayBanner, Refused, Saved } from './saved';
import { Sorting } from './notes';
import { stepName, t } from './text';

type Part = { session: Session; head: HeadView };

/** Says that sheets are typed in from here on, and how many people were in the room. */
export const BeginTyping = ({ session, head }: Part) => {
  const [attended, setAttended] = useState<number | null>(head.attended);
  return (
    <form className={css.next} onSubmit={(event) => { event.preventDefault(); session.act({ kind: 'typing', on: true, attended }); }}>
      <p>{t('typing.text')}</p>
      <NumberInput label={t('typing.attended')} min={0} max={1_000} allowDecimal={false} value={attended ?? ''} onChange={(value) => setAttended(typeof value === 'number' ? value : null)} />
      <Button type="submit">{t('typing.begin')}</Button>
    </form>
  );
};

/** Where no teams were drawn: as many as there are sheets. */
const MakeTeams = ({ session, of }: { session: Session; of: Draw }) => {
  const rooms: (Room | null)[] = of === 'single' ? ['sales', 'marketing'] : [null];
  const [counts, setCounts] = useState<number[]>(rooms.map(() => 1));
  const make = () => {
    const teams = rooms.flatMap((room, at) => Array.from({ length: counts[at] ?? 0 }, () => room));
    if (teams.length > 0) session.act({ kind: 'draw', of, teams: teams.map((room, at) => ({ id: newId(), number: at + 1, room, members: [] })) });
  };
  return (
    <form className={css.row} style={{ alignItems: 'flex-end' }} onSubmit={(event) => { event.preventDefault(); make(); }}>
      {rooms.map((room, at) => <NumberInput key={room ?? 'both'} w={120} label={room ? t('typing.teamsOf', { room: t(`fn.${room}`) }) : t('typing.teamsMixed')} min={0} max={50} allowDecimal={false} value={counts[at] ?? 0} onChange={(value) => setCounts((before) => before.map((count, place) => (place === at && typeof value === 'number' ? value : count)))} />)}
      <Button type="submit" variant="default">{t('typing.makeTeams')}</Button>
    </form>
  );
};

const ROOM = 'room';
const AGREED = 'agreed';

/** The sheets that came from the room: of each team, of the whole room, and what was agreed. */
export const Sheets = ({ session, head, workspace, huddle }: Part & { workspace: string; huddle: string }) => {
  const { counts } = session.view;
  const teams = (['single', 'mixed'] as const).flatMap((of) => session.view.teams.filter(({ draw }) => draw === of));
  const [chosen, choose] = useState<string>(ROOM);
  const written = (team: string): number => Object.values(counts.notes).reduce((sum, of) => sum + (of[team] ?? 0), 0);
  const team = teams.find(({ id }) => id === chosen);
  const name = (each: TeamView): string => `${each.room ? `${t(`fn.${each.room}`)} · ` : `${t('typing.mixed')} · `}${t('team.name', { number: each.number })}`;
  const tab = (id: string, label: string, more: string) => <li key={id}><button type="button" aria-current={id === chosen ? 'true' : undefined} data-looked={id === chosen || undefined} onClick={() => choose(id)}><span>{label}</span><span className="meta">{more}</span></button></li>;
  return (
    <div className={css.run}>
      <nav aria-label={t('typing.sheets')} className={css.stack} style={{ maxHeight: 'none' }}>
        <ol className={css.agenda}>
          {tab(ROOM, t('typing.room'), t('counts.notes', { count: written('') }))}
          {teams.map((each) => tab(each.id, name(each), t('counts.notes', { count: written(each.id) })))}
          {tab(AGREED, t('typing.agreed'), t('regions.actions', { count: session.view.actions.filter(({ carried }) => !carried).length }))}
        </ol>
        {(['single', 'mixed'] as const).filter((of) => !teams.some(({ draw }) => draw === of)).map((of) => <MakeTeams key={of} session={session} of={of} />)}
      </nav>
      <div className={css.stack}>
        {team ? <TeamSheet key={team.id} team={team} title={name(team)} head={head} workspace={workspace} huddle={huddle} /> : chosen === AGREED ? <Agreed session={session} /> : <RoomSheet session={session} head={head} />}
      </div>
    </div>
  );
};

/** What a team's sheet asks: the steps of its draw, and of lenses that of its function. */
const asked = (head: HeadView, team: TeamView): { step: Step; channels: Channel[] }[] =>
  head.steps.filter(({ kind }) => RULE[kind].teams === team.draw).map((step) => ({ step, channels: RULE[step.kind].channels.filter((channel) => { const { by } = CHANNEL[channel]; return by === 'everyone' || by === team.room; }) }));

/** Typed in for the team, with the saved and the unsaved of that device. */
const TeamSheet = ({ team, title, head, workspace, huddle }: { team: TeamView; title: string; head: HeadView; workspace: string; huddle: string }) => {
  const pass = useQuery({ queryKey: ['huddle-typist', huddle, team.id], queryFn: () => huddleClient.enter({ workspace, id: huddle, as: 'typist', team: team.id }), staleTime: Infinity, retry: 1 });
  return <Answered query={pass}>{({ pass: mine }) => <TypedBy key={mine} pass={mine} title={title} parts={asked(head, team)} />}</Answered>;
};

const TypedBy = ({ pass, title, parts }: { pass: string; title: string; parts: { step: Step; channels: Channel[] }[] }) => {
  const session = useLive(pass);
  return (
    <Sorting>
      <div className={css.stepHead}><h2 className="lead">{title}</h2><Saved session={session} /></div>
      <AwayBanner session={session} />
      <Refused session={session} />
      {parts.map((part) => <StepEntries key={part.step.id} session={session} marks {...part} />)}
    </Sorting>
  );
};

const StepEntries = ({ session, step, channels, marks }: { session: Session; step: Step; channels: readonly Channel[]; marks: boolean }) => (
  <section className={css.part}>
    <h3>{stepName(step)}</h3>
    {marks && step.kind !== 'reflection' && <p className="meta">{t('typing.mark')}</p>}
    {channels.map((channel) => <Entry key={channel} session={session} step={step} channel={channel} marks={marks && CHANNEL[channel].sees !== 'all' && step.kind !== 'reflection'} />)}
  </section>
);

/** What was written up for everybody, and the facilitator's own sheet. */
const RoomSheet = ({ session, head }: Part) => {
  const seen = new Set<string>();
  const parts = head.steps.filter(({ kind }) => RULE[kind].channels.length > 0).map((step) => ({
    step, channels: RULE[step.kind].channels.filter((channel) => {
      const { sees, by } = CHANNEL[channel];
      // The reflections stand in two steps and on one sheet.
      const once = by !== 'facilitators' || !seen.has(channel);
      seen.add(channel);
      return once && (sees === 'all' || sees === 'facilitators') && (by === 'everyone' || by === 'facilitators' || by === 'leadership');
    }),
  })).filter(({ channels }) => channels.length > 0);
  return <Sorting><div className={css.stepHead}><h2 className="lead">{t('typing.room')}</h2></div>{parts.map((part) => <StepEntries key={part.step.id} session={session} marks={false} {...part} />)}</Sorting>;
};

/** Dots as they were counted on the wall; which of them are whose nobody knows any more. */
const Dots = ({ session, notes }: { session: Session; notes: readonly NoteView[] }) => {
  const heads = grouped(notes.filter(({ hidden }) => !hidden)).map(({ head }) => head);
  if (heads.length === 0) return null;
  return (
    <section className={css.part} aria-labelledby="dots">
      <h3 id="dots">{t('typing.dots')}</h3>
      <p className="meta">{t('typing.dotsText')}</p>
      <ul className={css.notes}>{heads.map((note) => <Dot key={note.id} session={session} note={note} />)}</ul>
    </section>
  );
};

const Dot = ({ session, note }: { session: Session; note: NoteView }) => {
  const [count, setCount] = useState<number | null>(note.dots);
  const name = note.groupName || note.text;
  const keep = () => { if (count !== null && count !== note.dots) session.act({ kind: 'dots', note: note.id, count }); };
  return (
    <li className={css.card}>
      <span className={css.cardText} data-user-text>{name}</span>
      <NumberInput aria-label={t('typing.dotsOn', { text: name })} w={88} min={0} max={5_000} clampBehavior="strict" allowDecimal={false} value={count ?? ''} onChange={(value) => setCount(typeof value === 'number' ? value : null)} onBlur={keep} onKeyDown={(event) => { if (event.key === 'Enter') keep(); }} />
    </li>
  );
};

const blank = (disconnect: string | null): Action => ({ id: newId(), disconnect, text: '', activities: '', owner: '', side: null, dueOn: null, easy: false, visible: false, direct: false, removed: false });

/** Disconnects and actions as they stand on the forms; Enter in any field of the row keeps it and begins the next. */
const Agreed = ({ session }: { session: Session }) => {
  const { disconnects } = session.view;
  const [draft, setDraft] = useState(() => blank(null));
  const put = (change: Partial<Action>) => setDraft((before) => ({ ...before, ...change }));
  const keep = (form: HTMLFormElement) => {
    if (draft.text.trim() === '') return;
    session.act({ kind: 'action', action: { ...draft, text: draft.text.trim() } });
    setDraft(blank(draft.disconnect));
    form.querySelector('input')?.focus();
  };
  const step = session.view.head?.steps.find(({ kind }) => kind === 'disconnects');
  const found = session.view.notes.filter((note) => note.step === step?.id);
  return (
    <Sorting>
      <div className={css.stepHead}><h2 className="lead">{t('typing.agreed')}</h2></div>
      <Dots session={session} notes={found} />
      <Disconnects session={session} notes={found} tally={{}} />
      <form className={css.quick} aria-label={t('actions.one')} onSubmit={(event) => { event.preventDefault(); keep(event.currentTarget); }}>
        <TextInput label={t('actions.text')} maxLength={1_000} value={draft.text} onChange={(event) => put({ text: event.currentTarget.value })} />
        <Select label={t('typing.disconnect')} clearable clearButtonProps={{ 'aria-label': t('clear') }} value={draft.disconnect} data={disconnects.map(({ id, text }) => ({ value: id, label: text }))} onChange={(value) => put({ disconnect: value })} />
        <TextInput label={t('actions.owner')} maxLength={120} value={draft.owner} onChange={(event) => put({ owner: event.currentTarget.value })} />
        <Select label={t('actions.side')} clearable clearButtonProps={{ 'aria-label': t('clear') }} value={draft.side} data={FUNCTIONS.map((of) => ({ value: of, label: t(`fn.${of}`) }))} onChange={(value) => put({ side: FUNCTIONS.find((of) => of === value) ?? null })} />
        <TextInput type="date" label={t('actions.dueOn')} value={draft.dueOn ?? ''} onChange={(event) => put({ dueOn: event.currentTarget.value || null })} />
        <div className={css.row} style={{ gap: 16 }}>{(['easy', 'visible', 'direct'] as const).map((each) => <Checkbox key={each} label={t(`criterion.${each}`)} checked={draft[each]} onChange={(event) => put({ [each]: event.currentTarget.checked })} />)}</div>
        <Button type="submit" disabled={draft.text.trim() === ''}>{t('typing.keepAction')}</Button>
      </form>
      <Actions session={session} may adds={false} />
    </Sorting>
  );
};
