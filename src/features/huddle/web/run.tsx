import { Button, Modal, SegmentedControl } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { CHANNEL, RULE, type Step } from '../domain/agenda';
import { huddleCalls } from './calls';
import { Clock } from './clock';
import { Waiting } from './door';
import css from './huddle.module.css';
import type { HeadView } from './live/views';
import type { Session } from './live/use-live';
import { Shown } from './shown';
import { StepWork } from './step-work';
import { minutesText, stepName, t } from './text';
import { Write } from './write';

/** Leading: the agenda left, the step that is on right. */
export const Run = ({ session, workspace, huddle }: { session: Session; workspace: string; huddle: string }) => {
  const { head } = session.view;
  const [looked, setLooked] = useState<string | null>(null);
  if (!head) return null;
  const on = head.steps[head.at];
  const step = head.steps.find(({ id }) => id === looked) ?? on ?? head.steps[0];
  return (
    <div className={css.run}>
      <nav aria-label={t('run.agenda')}>
        <ol className={css.agenda}>
          {head.steps.map((each) => (
            <li key={each.id}><button type="button" aria-current={each.id === on?.id ? 'step' : undefined} data-looked={each.id === step?.id || undefined} onClick={() => setLooked(each.id === on?.id ? null : each.id)}><span>{stepName(each)}</span><span className="meta">{minutesText(each.minutes)}</span></button></li>
          ))}
        </ol>
      </nav>
      <div className={css.stack}>
        <Controls session={session} head={head} />
        <Waiting session={session} />
        {step && (
          <section className={css.stack} aria-labelledby="step">
            <div className={css.stepHead}><h2 id="step" className="lead">{stepName(step)}</h2>{step.id !== on?.id && <><span className="meta">{t(head.entered.includes(step.id) ? 'run.past' : 'run.later')}</span>{head.phase === 'running' && <Jump key={step.id} session={session} head={head} step={step} done={() => setLooked(null)} />}</>}</div>
            <p>{t(`guide.${step.kind}`)}</p>
            <StepTools session={session} head={head} step={step} />
            {RULE[step.kind].tools.length > 0 && step.id === on?.id && head.phase === 'running' && <Results session={session} step={step} workspace={workspace} huddle={huddle} />}
            {session.view.shown && step.id === on?.id && <Shown figures={session.view.shown} />}
            <StepWork session={session} step={step} />
            {step.id === on?.id && head.phase === 'running' && <Own session={session} step={step} />}
          </section>
        )}
      </div>
    </div>
  );
};

/** To any step at once, asked once: what is passed over is named, and what entering it opens. */
const Jump = ({ session, head, step, done }: { session: Session; head: HeadView; step: Step; done: () => void }) => {
  const [asked, ask] = useState(false);
  const to = head.steps.findIndex(({ id }) => id === step.id);
  const back = to < head.at;
  const opens = head.steps.filter(({ id, kind }) => RULE[step.kind].opens.includes(kind) && !head.revealed.includes(id) && (head.entered.includes(id) || id === step.id));
  const go = () => { session.act({ kind: 'go', to }); ask(false); done(); };
  return (
    <>
      <Button size="compact-sm" variant="default" className="no-print" onClick={() => ask(true)}>{t('run.jump')}</Button>
      <Modal opened={asked} onClose={() => ask(false)} title={t('run.jumpTo', { step: stepName(step) })} closeButtonProps={{ 'aria-label': t('close') }}>
        <div className={css.stack}>
          <p>{back ? t('run.jumpBack') : t('run.jumpOn', { count: to - head.at - 1 })} {t('run.jumpClock', { time: minutesText(step.minutes) })}</p>
          {opens.length > 0 && <p>{t('run.jumpOpens', { steps: opens.map(stepName).join(', ') })}</p>}
          <div className={css.row}><Button onClick={go}>{t('run.jump')}</Button><Button variant="default" onClick={() => ask(false)}>{t('run.stay')}</Button></div>
        </div>
      </Modal>
    </>
  );
};

/** What whoever leads writes: the reflections are theirs; beside others' notes their own field waits folded. */
const Own = ({ session, step }: { session: Session; step: Step }) => {
  const { channels } = RULE[step.kind];
  const fields = channels.filter((channel) => CHANNEL[channel].sees === 'all' || CHANNEL[channel].sees === 'facilitators').map((channel) => <Write key={channel} session={session} step={step.id} channel={channel} help={channel.startsWith('lens') ? t(`help.${channel as 'lens_sales'}`) : undefined} />);
  if (fields.length === 0) return null;
  return channels.every((channel) => CHANNEL[channel].by === 'facilitators') ? <div className={css.sides}>{fields}</div> : <details className={`${css.own} no-print`}><summary>{t('run.own')}</summary><div className={css.stack}>{fields}</div></details>;
};

const Controls = ({ session, head }: { session: Session; head: HeadView }) => {
  const { act } = session;
  if (head.phase === 'planned') return <div className={css.controls}><Button onClick={() => act({ kind: 'start' })}>{t('run.start')}</Button><span className="meta">{t('run.joined', { joined: session.view.counts.joined, online: session.online })}</span></div>;
  if (head.phase === 'finished') return <p>{t('run.finished')}</p>;
  const paused = head.clock !== null && 'left' in head.clock;
  const last = head.at >= head.steps.length - 1;
  // A second click before the first is answered would name the same step again.
  const moving = session.waiting.some(({ operation }) => operation.kind === 'go' || operation.kind === 'finish');
  return (
    <div className={css.controls}>
      <Clock head={head} ahead={session.ahead} />
      <Button variant="default" onClick={() => act({ kind: paused ? 'resume' : 'pause' })}>{t(paused ? 'run.resume' : 'run.pause')}</Button>
      {[-5, 5, 15].map((minutes) => { const shown = t('run.extend', { minutes: minutes > 0 ? `+${minutes}` : `−${-minutes}` }); return <Button key={minutes} variant="default" aria-label={`${shown}, ${t('run.extendBy', { minutes })}`} onClick={() => act({ kind: 'extend', minutes })}>{shown}</Button>; })}
      <Button variant="default" disabled={head.at <= 0 || moving} onClick={() => act({ kind: 'go', to: head.at - 1 })}>{t('run.back')}</Button>
      {last ? <Button disabled={moving} onClick={() => act({ kind: 'finish' })}>{t('run.finish')}</Button> : <Button disabled={moving} onClick={() => act({ kind: 'go', to: head.at + 1 })}>{t('run.next')}</Button>}
      <span className="meta">{t('run.joined', { joined: session.view.counts.joined, online: session.online })}</span>
    </div>
  );
};

/** What was said in the survey, put in front of everybody; tools of which there is nothing to show are not offered. */
const Results = ({ session, step, workspace, huddle }: { session: Session; step: Step; workspace: string; huddle: string }) => {
  const check = useQuery(huddleCalls.check.queryOptions({ input: { workspace, id: huddle } }));
  const { tools } = RULE[step.kind];
  if (!check.data) return null;
  const there = new Set(check.data.tools.flatMap(({ tool, shown }) => (shown.length > 0 ? [tool] : [])));
  if (!tools.some((tool) => there.has(tool))) return <p className="meta">{t('shown.none')}</p>;
  return (
    <div className={`${css.controls} no-print`}>
      <SegmentedControl aria-label={t('shown.choose')} value={session.view.shown?.tool ?? ''} data={[{ value: '', label: t('shown.nothing') }, ...tools.map((tool) => ({ value: tool, label: t('shown.short', { tool }), disabled: !there.has(tool) }))]} onChange={(tool) => session.act({ kind: 'show', tool: tool === '' ? null : tool })} />
    </div>
  );
};

/** What can be done with the step looked at: open its notes to all, ask for votes. */
const StepTools = ({ session, head, step }: { session: Session; head: HeadView; step: Step }) => {
  const rule = RULE[step.kind];
  const round = session.view.rounds[step.id];
  const { act } = session;
  const apart = rule.teams !== null && !head.revealed.includes(step.id) && head.entered.includes(step.id);
  return (
    <div className={`${css.controls} no-print`}>
      {apart && <Button variant="default" onClick={() => act({ kind: 'reveal', step: step.id })}>{t('run.reveal')}</Button>}
      {rule.channels.includes('disconnect') && head.revealed.includes(step.id) && <Button variant="default" onClick={() => act({ kind: 'round', step: step.id, open: !(round?.open ?? false), tokens: 5 })}>{t(round?.open ? 'vote.close' : round ? 'vote.again' : 'vote.open')}</Button>}
      {round?.open && <span className="meta">{t('vote.voters', { count: round.voters })}</span>}
      {round && !round.open && round.few && <span className="meta">{t('vote.few')}</span>}
    </div>
  );
};
