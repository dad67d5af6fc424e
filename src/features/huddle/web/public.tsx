import { Button, Select, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { lazy, Suspense, useEffect, useState } from 'react';
import { FUNCTIONS, LEVELS } from '../../../lib/vocabulary';
import type { Joined } from '../live-contract';
import css from './huddle.module.css';
import { deviceKey } from './live/device';
import { useLive } from './live/use-live';
import { Left } from './saved';
import { SeatPage } from './seat-page';
import { t } from './text';

const Wall = lazy(() => import('./wall').then((part) => ({ default: part.Wall })));

const KEPT = 'huddle.pass';

type Asked = { pass: string } | { ticket: string; device: string } | { code: string; name: string; function: string; level: string | null; territory: string; device: string };

class JoinFault extends Error {
  constructor(readonly status: number) {
    super(`joining was answered ${status}`);
  }
}

const ask = async (body: Asked): Promise<Joined> => {
  const response = await fetch('/api/huddle/join', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
  if (!response.ok) throw new JoinFault(response.status);
  return (await response.json()) as Joined;
};

const isUsed = (error: unknown): boolean => error instanceof JoinFault && error.status === 410;

const faultText = (error: unknown): string => t(error instanceof JoinFault ? (error.status === 404 ? 'join.unknown' : error.status === 410 ? 'join.used' : error.status === 409 ? 'join.full' : error.status === 429 ? 'join.tooMany' : 'join.failed') : 'join.away');

/** What stands in a link of one's own: a ticket, or the pass itself of a wall. */
const keyIn = (given: string): Asked | null => (given.startsWith('lsp_') ? { pass: given } : given.startsWith('lsi_') ? { ticket: given, device: deviceKey() } : null);

/** A mangled link is shown as it came, not as an empty page. */
const readable = (hash: string): string => {
  try {
    return decodeURIComponent(hash);
  } catch {
    return hash;
  }
};

/** Behind the link, the picture or the typed code: joining, and then one's place. No account, no cookie. */
export const HuddleDoor = ({ hash }: { hash: string }) => {
  const given = readable(hash);
  const [pass, setPass] = useState<string | null>(() => (keyIn(given) ? null : sessionStorage.getItem(KEPT)));
  const enter = useMutation({ mutationFn: ask, onSuccess: ({ pass: mine }) => { sessionStorage.setItem(KEPT, mine); setPass(mine); } });
  const { mutate } = enter;
  useEffect(() => {
    document.title = `${t('title')} · Lockstep`;
    const key = keyIn(given);
    if (key) mutate(key);
  }, [given, mutate]);
  if (pass) return <Place key={pass} pass={pass} leave={() => { sessionStorage.removeItem(KEPT); setPass(null); }} />;
  const key = keyIn(given);
  if (key) return <main className={css.join}><h1 className="title">{t(enter.error ? 'join.title' : 'coming')}</h1>{enter.error && <><p role="alert">{faultText(enter.error)}</p>{isUsed(enter.error) ? <Button component="a" href="/h">{t('join.byCode')}</Button> : <Button onClick={() => enter.mutate(key)}>{t('join.again')}</Button>}</>}</main>;
  return <JoinForm code={given} busy={enter.isPending} fault={enter.error ? faultText(enter.error) : null} join={(form) => enter.mutate(form)} />;
};

const JoinForm = ({ code: given, busy, fault, join }: { code: string; busy: boolean; fault: string | null; join: (form: Asked) => void }) => {
  const [code, setCode] = useState(given);
  const [name, setName] = useState('');
  const [does, setDoes] = useState<string | null>(null);
  const [level, setLevel] = useState<string | null>(null);
  const [territory, setTerritory] = useState('');
  return (
    <main className={css.join}>
      <h1 className="title">{t('join.title')}</h1>
      <p>{t('join.text')}</p>
      <form className={css.stack} onSubmit={(event) => { event.preventDefault(); if (does) join({ code, name: name.trim(), function: does, level, territory, device: deviceKey() }); }}>
        <TextInput size="md" label={t('join.code')} required value={code} autoComplete="off" autoCapitalize="characters" onChange={(event) => setCode(event.currentTarget.value)} />
        <TextInput size="md" label={t('join.name')} required maxLength={120} value={name} autoComplete="name" onChange={(event) => setName(event.currentTarget.value)} />
        <Select size="md" label={t('join.function')} required placeholder={t('join.choose')} value={does} data={FUNCTIONS.map((of) => ({ value: of, label: t(`fn.${of}`) }))} onChange={setDoes} />
        <Select size="md" label={t('join.level')} placeholder={t('join.choose')} value={level} data={LEVELS.map((of) => ({ value: of, label: t(`level.${of}`) }))} onChange={setLevel} />
        <TextInput size="md" label={t('join.territory')} maxLength={120} value={territory} onChange={(event) => setTerritory(event.currentTarget.value)} />
        {fault && <p role="alert">{fault}</p>}
        <Button size="md" type="submit" loading={busy} disabled={code.trim().length < 8 || name.trim() === '' || does === null}>{t('join.button')}</Button>
      </form>
    </main>
  );
};

const Place = ({ pass, leave }: { pass: string; leave: () => void }) => {
  const session = useLive(pass);
  if (session.status === 'shut' && session.view.head?.phase !== 'finished') return <main className={css.join}><h1 className="title">{t('shut.title')}</h1><p>{t('shut.text')}</p><Left session={session} /><Button onClick={leave}>{t('join.again')}</Button></main>;
  return session.seat?.role === 'screen' ? <Suspense fallback={null}><Wall session={session} /></Suspense> : <SeatPage session={session} passKey={pass.slice(-16)} />;
};
