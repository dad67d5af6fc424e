import { ActionIcon, Button, Select, TextInput } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { say } from '../../../ui/notify';
import { RULE, schedule, STEP_KINDS, type Step } from '../domain/agenda';
import { ANONYMITY } from '../domain/operation';
import css from './huddle.module.css';
import { newId } from './live/new-id';
import type { HeadView } from './live/views';
import type { Session } from './live/use-live';
import { kindName, minutesText, t } from './text';

const clockAt = (startsAt: string | null, from: number): string => { const start = startsAt ? new Date(startsAt) : new Date(2000, 0, 1, 9); return new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' }).format(new Date(start.getTime() + from * 60_000)); };

/** The agenda to shorten, stretch, reorder and rename. What lies behind a running Huddle stays. */
export const Agenda = ({ session, head }: { session: Session; head: HeadView }) => {
  const save = (steps: Step[], startsAt = head.startsAt) => session.act({ kind: 'agenda', steps, startsAt });
  const change = (id: string, with_: Partial<Step>) => save(head.steps.map((step) => (step.id === id ? { ...step, ...with_ } : step)));
  const move = (at: number, by: number) => { const next = [...head.steps]; const [step] = next.splice(at, 1); if (step) next.splice(at + by, 0, step); save(next); };
  const remove = (id: string) => { const before = head.steps; save(before.filter((step) => step.id !== id)); say(t('agenda.removed'), async () => save(before)); };
  const places = schedule(head.steps);
  return (
    <section className={css.part} aria-labelledby="agenda">
      <h2 id="agenda" className="lead">{t('agenda.title')}</h2>
      <p className="meta">{t('agenda.text', { time: minutesText(head.steps.reduce((sum, { minutes }) => sum + minutes, 0)), days: places.at(-1)?.day ?? 1 })}</p>
      <ol className={css.edit}>
        {head.steps.map((step, at) => {
          const fixed = at <= head.at;
          const name = step.title || kindName(step.kind);
          return (
            <li key={step.id}>
              <span className="meta">{places[at] && places[at].day > 1 ? t('agenda.day', { day: places[at].day }) : ''} {clockAt(head.startsAt, places[at]?.from ?? 0)}</span>
              <TextInput aria-label={t('agenda.name', { name })} defaultValue={step.title} placeholder={`${RULE[step.kind].number ?? ''} ${kindName(step.kind)}`.trim()} maxLength={120} onBlur={(event) => { if (event.currentTarget.value !== step.title) change(step.id, { title: event.currentTarget.value }); }} />
              <TextInput key={step.minutes} type="number" aria-label={t('agenda.minutes', { name })} defaultValue={step.minutes} min={0} max={600} step={5} rightSection={<span className="meta">{t('time.min')}</span>} onBlur={(event) => { const minutes = Number.parseInt(event.currentTarget.value, 10); if (minutes >= 0 && minutes <= 600 && minutes !== step.minutes) change(step.id, { minutes }); }} />
              <span className={css.row}>
                <ActionIcon variant="subtle" size={32} aria-label={t('agenda.up', { name })} disabled={fixed || at - 1 <= head.at} onClick={() => move(at, -1)}><IconArrowUp size={16} /></ActionIcon>
                <ActionIcon variant="subtle" size={32} aria-label={t('agenda.down', { name })} disabled={fixed || at === head.steps.length - 1} onClick={() => move(at, 1)}><IconArrowDown size={16} /></ActionIcon>
                <ActionIcon variant="subtle" size={32} aria-label={t('agenda.remove', { name })} disabled={fixed || head.steps.length === 1} onClick={() => remove(step.id)}><IconX size={16} /></ActionIcon>
              </span>
            </li>
          );
        })}
      </ol>
      <AddStep onAdd={(kind) => save([...head.steps, { id: newId(), kind, title: '', minutes: RULE[kind].minutes }])} />
    </section>
  );
};

const AddStep = ({ onAdd }: { onAdd: (kind: Step['kind']) => void }) => {
  const [kind, setKind] = useState<Step['kind']>('break');
  return <div className={css.row}><Select aria-label={t('agenda.kind')} allowDeselect={false} value={kind} data={STEP_KINDS.map((each) => ({ value: each, label: kindName(each) }))} onChange={(value) => setKind(STEP_KINDS.find((each) => each === value) ?? 'break')} /><Button variant="default" onClick={() => onAdd(kind)}>{t('agenda.add')}</Button></div>;
};

/** How much of who writes is kept; it only ever becomes less. */
export const Settings = ({ session, head }: { session: Session; head: HeadView }) => {
  const [name, setName] = useState(head.name);
  return (
    <section className={css.part} aria-labelledby="settings">
      <h2 id="settings" className="lead">{t('settings.title')}</h2>
      <form className={css.row} onSubmit={(event) => { event.preventDefault(); if (name.trim()) session.act({ kind: 'rename', name: name.trim() }); }}>
        <TextInput label={t('settings.name')} value={name} maxLength={200} style={{ flex: 1 }} onChange={(event) => setName(event.currentTarget.value)} />
        {name !== head.name && <Button type="submit" variant="default" mt="auto">{t('save')}</Button>}
      </form>
      <Select label={t('settings.anonymity')} description={t('settings.anonymity.text')} allowDeselect={false} value={head.anonymity} data={ANONYMITY.map((each) => ({ value: each, label: t(`anonymity.${each}`), disabled: ANONYMITY.indexOf(each) < ANONYMITY.indexOf(head.anonymity) }))} onChange={(value) => { const to = ANONYMITY.find((each) => each === value); if (to && to !== head.anonymity) session.act({ kind: 'tighten', to }); }} />
      <Select label={t('settings.inRoom')} description={t('settings.inRoom.text')} allowDeselect={false} value={String(head.inRoom)} data={[{ value: 'false', label: t('settings.inRoom.phones') }, { value: 'true', label: t('settings.inRoom.scribes') }]} onChange={(value) => session.act({ kind: 'in_room', inRoom: value === 'true' })} />
    </section>
  );
};
