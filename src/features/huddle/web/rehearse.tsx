import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { say, sayFault } from '../../../ui/notify';
import { CHANNEL, RULE, type Channel } from '../domain/agenda';
import type { Joined, SentOperation } from '../live-contract';
import { huddleClient } from './calls';
import css from './huddle.module.css';
import { deviceKey } from './live/device';
import { newId } from './live/new-id';
import type { Session } from './live/use-live';
import { t } from './text';

const CROWD = 14;
/** Channels the simulated participants have something to say on. */
const SPOKEN = ['own_role', 'expected_role', 'wished_relation', 'question', 'compare', 'link', 'disconnect'] as const;
type Spoken = (typeof SPOKEN)[number];
const isSpoken = (channel: Channel): channel is Spoken => SPOKEN.some((each) => each === channel);

const send = async (ticket: string, operations: SentOperation[]): Promise<void> => {
  const headers = { 'content-type': 'application/json' };
  const joined = await fetch('/api/huddle/join', { method: 'POST', headers, body: JSON.stringify({ ticket, device: deviceKey() }) });
  if (!joined.ok) throw new Error(`a simulated participant could not sit down: ${joined.status}`);
  const { pass } = (await joined.json()) as Joined;
  if (operations.length > 0) await fetch('/api/huddle/operations', { method: 'POST', headers: { ...headers, authorization: `Bearer ${pass}` }, body: JSON.stringify({ operations: operations.map((operation) => ({ id: newId(), operation })) }) });
};

/** What one simulated participant does in the step that is on: notes, votes, the word that the team is ready. */
const doings = (session: Session, at: number, does: string | null): SentOperation[] => {
  const { head, notes, rounds } = session.view;
  const step = head?.steps[head.at];
  if (!step) return [];
  if (rounds[step.id]?.open) { const open = notes.filter((note) => note.step === step.id && !note.hidden); return [{ kind: 'vote', step: step.id, nth: rounds[step.id]?.nth ?? null, targets: open.length === 0 ? [] : Array.from({ length: 5 }, (_, vote) => open[(at * 3 + vote * vote) % open.length]?.id ?? '') }]; }
  const channels = RULE[step.kind].channels.filter(isSpoken).filter((channel) => CHANNEL[channel].by === 'everyone' || CHANNEL[channel].by === does);
  const written = channels.map((channel): SentOperation => ({ kind: 'note', note: newId(), step: step.id, channel, text: t(`sim.${channel}.${at % 2 === 0 ? 1 : 2}`), about: null }));
  return [...written, ...(RULE[step.kind].teams ? [{ kind: 'ready', step: step.id, ready: true } as SentOperation] : [])];
};

/** Playing a Huddle through beforehand: made-up participants sit down, write, vote and say that they are ready. */
export const Rehearse = ({ session, workspace, huddle }: { session: Session; workspace: string; huddle: string }) => {
  const made = session.view.seats.filter(({ name }) => name.startsWith(t('sim.name')));
  const sit = () => session.act({ kind: 'seats', seats: Array.from({ length: CROWD }, (_, at) => ({ id: newId(), role: 'participant' as const, name: `${t('sim.name')} ${at + 1}`, function: at % 5 < 3 ? 'sales' as const : 'marketing' as const, level: at % 7 === 0 ? 'manager' as const : 'front_line' as const, territory: at % 2 === 0 ? t('sim.north') : t('sim.south'), personId: null, managerId: null, team: null, userId: null, joined: false as const, gone: false as const })) });
  const play = useMutation({
    mutationFn: async () => {
      const links = await huddleClient.links({ workspace, id: huddle });
      await Promise.all(made.map((seat, at) => send(links.find((each) => each.seat === seat.id)?.link.split('#')[1] ?? '', doings(session, at, seat.function))));
    },
    onSuccess: () => say(t('sim.done')), onError: sayFault,
  });
  return (
    <section className={`${css.banner} no-print`} aria-label={t('plan.rehearsal')}>
      <span>{t('sim.text')}</span>
      {made.length === 0 ? <Button variant="default" onClick={sit}>{t('sim.sit', { count: CROWD })}</Button> : <Button variant="default" loading={play.isPending} onClick={() => play.mutate()}>{t('sim.play')}</Button>}
    </section>
  );
};
