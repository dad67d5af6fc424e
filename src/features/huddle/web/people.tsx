import { Button, Modal, MultiSelect } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { CopyField } from '../../../ui/copy-field';
import { Door } from './door';
import { FunctionShape } from '../../../ui/function-mark';
import { sayFault } from '../../../ui/notify';
import { seeded } from '../../../lib/seeded';
import { DRAWS, stretchFor, type Draw } from '../domain/agenda';
import { drawTeams, LARGEST, SMALLEST } from '../domain/teams';
import { huddleClient, peopleClient } from './calls';
import css from './huddle.module.css';
import { newId } from './live/new-id';
import type { HeadView, SeatView, TeamView } from './live/views';
import type { Session } from './live/use-live';
import { Qr } from './qr';
import { codeText, t } from './text';

type Part = { session: Session; head: HeadView; workspace: string; huddle: string };

/** Ways in without an account: the code, its picture, and a link of one's own for those invited by name. */
export const Invite = ({ session, head, workspace, huddle }: Part) => {
  const people = useQuery({ queryKey: ['huddle-people', workspace], queryFn: () => peopleClient.list({ workspace, pageSize: 500 }) });
  const [chosen, setChosen] = useState<string[]>([]);
  const links = useMutation({ mutationFn: () => huddleClient.links({ workspace, id: huddle }), onError: sayFault });
  const invited = new Set(session.view.seats.flatMap(({ personId }) => personId ?? []));
  const open = (people.data?.rows ?? []).filter((each) => each.function !== null && !invited.has(each.id));
  const add = (ids: readonly string[]) => {
    const seats = open.filter(({ id }) => ids.includes(id)).map((each) => ({ id: newId(), role: 'participant' as const, name: each.name, function: each.function, level: each.level, territory: each.territory ?? '', personId: each.id, managerId: each.managerId, team: null, userId: null, joined: false as const, gone: false as const }));
    if (seats.length > 0) session.act({ kind: 'seats', seats: seats.slice(0, 400) });
    setChosen([]);
  };
  const address = `${location.origin}/h#${head.code}`;
  return (
    <section className={css.part} aria-labelledby="invite">
      <h2 id="invite" className="lead">{t('invite.title', { joined: session.view.counts.joined, invited: session.view.counts.invited })}</h2>
      <div className={css.invite}><Qr text={address} label={t('invite.qr')} /><div className={css.stack}><p>{t('invite.code', { host: `${location.host}/h` })}<br /><strong className="figure" data-user-text>{codeText(head.code)}</strong></p><CopyField label={t('invite.link')} value={address} /></div></div>
      <div className={css.row}>
        <MultiSelect aria-label={t('invite.people')} placeholder={t('invite.people')} searchable value={chosen} data={open.map(({ id, name }) => ({ value: id, label: name }))} onChange={setChosen} style={{ flex: 1 }} />
        <Button variant="default" disabled={chosen.length === 0} onClick={() => add(chosen)}>{t('invite.add')}</Button>
        <Button variant="default" disabled={open.length === 0} onClick={() => add(open.map(({ id }) => id))}>{t('invite.all', { count: open.length })}</Button>
      </div>
      <Button variant="default" style={{ alignSelf: 'flex-start' }} loading={links.isPending} disabled={session.view.counts.invited === 0} onClick={() => links.mutate()}>{t('invite.links')}</Button>
      <Door session={session} head={head} />
      <Modal opened={links.data !== undefined} onClose={() => links.reset()} title={t('invite.links')} size="lg" closeButtonProps={{ 'aria-label': t('close') }}>
        <p className="meta">{t('invite.linksText')}</p>
        <div className={css.stack}>{links.data?.map(({ seat, name, link }) => <CopyField key={seat} label={name} value={link} />)}</div>
      </Modal>
    </section>
  );
};

const DRAWN_AT = 7;

/** Teams drawn by rule; who leads moves people afterwards. */
export const Teams = ({ session, workspace, huddle, head }: Part) => {
  const [links, setLinks] = useState<Record<string, string>>({});
  const { seats, teams } = session.view;
  const people = seats.flatMap((seat) => (seat.role === 'participant' && seat.function && !seat.waiting ? [{ ...seat, function: seat.function }] : []));
  const draw = (of: Draw) => {
    const drawn = drawTeams(people, of, seeded(crypto.getRandomValues(new Uint32Array(1))[0] ?? DRAWN_AT));
    session.act({ kind: 'draw', of, teams: drawn.teams.map((team, at) => ({ id: newId(), number: at + 1, ...team })) });
  };
  const scribe = useMutation({ mutationFn: (team: string) => huddleClient.scribe({ workspace, id: huddle, team }), onSuccess: ({ seat, link }) => setLinks((known) => ({ ...known, [seat]: link })), onError: sayFault });
  const room = (of: 'sales' | 'marketing') => teams.filter((team) => team.draw === 'single' && team.room === of).length;
  const stretch = stretchFor(Math.max(room('sales'), room('marketing')));
  return (
    <section className={css.part} aria-labelledby="teams">
      <h2 id="teams" className="lead">{t('teams.title')}</h2>
      <p className="meta">{t('teams.text')}</p>
      {stretch > 0 && <p role="note">{t('teams.stretch', { minutes: stretch })}</p>}
      {DRAWS.map((of) => {
        const here = teams.filter((team) => team.draw === of);
        return (
          <div key={of} className={css.stack}>
            <div className={css.row}><h3>{t(`teams.${of}`)}</h3><Button variant="default" disabled={people.length === 0} onClick={() => draw(of)}>{t(here.length > 0 ? 'teams.again' : 'teams.draw')}</Button></div>
            {here.some(({ members }) => members.length < SMALLEST || members.length > LARGEST) && <p className="meta">{t('teams.sizes')}</p>}
            <div className={css.teams}>{here.map((team) => <TeamCard key={team.id} team={team} here={here} session={session} scribe={head.inRoom ? () => scribe.mutate(team.id) : undefined} device={seats.find((seat) => seat.role === 'scribe' && seat.team === team.id)} links={links} />)}</div>
          </div>
        );
      })}
    </section>
  );
};

/** A team's one device: a link that one device opens, or the device that did, which can be taken out for another. */
const Device = ({ session, seat, link, ask }: { session: Session; seat: SeatView | undefined; link: string | undefined; ask: (() => void) | undefined }) => {
  if (seat?.joined) return <p className={css.row}><span className="meta">{t('teams.device')}</span><Button size="compact-sm" variant="default" onClick={() => session.act({ kind: 'leave', seat: seat.id })}>{t('teams.deviceOut')}</Button></p>;
  if (!ask) return null;
  return link ? <CopyField label={t('teams.scribe')} value={link} /> : <Button size="compact-sm" variant="default" onClick={ask}>{t('teams.scribe')}</Button>;
};

const TeamCard = ({ team, here, session, scribe, device, links }: { team: TeamView; here: TeamView[]; session: Session; scribe: (() => void) | undefined; device: SeatView | undefined; links: Readonly<Record<string, string>> }) => (
  <div className={css.team}>
    <h4>{team.room && <FunctionShape fn={team.room} />} {t('team.name', { number: team.number })} <span className="meta">{t('team.size', { count: team.members.length })}</span></h4>
    <ul>
      {team.members.map(({ seat, name }) => (
        <li key={seat}>
          <span data-user-text>{name}</span>
          <select aria-label={t('teams.move', { name })} value={team.id} onChange={(event) => session.act({ kind: 'move', of: team.draw, seat, team: event.currentTarget.value })}>{here.map((each) => <option key={each.id} value={each.id}>{each.number}</option>)}</select>
        </li>
      ))}
    </ul>
    <Device session={session} seat={device} link={device && links[device.id]} ask={scribe} />
  </div>
);
