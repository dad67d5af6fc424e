import { Link } from '@tanstack/react-router';
import { Anchor } from '@mantine/core';
import type { Problem } from './calls';
import css from './improvement.module.css';
import { areaName, changeText, measureName, readingOf, t, toldText } from './text';

export type Tracked = NonNullable<Problem['said']>;

export const causeText = ({ cause, causeNow }: Problem): string | null =>
  cause === null ? null : [areaName(cause), causeNow && t(`standing.${causeNow.standing}`), causeNow?.verdict && t(`verdict.${causeNow.verdict}`)].filter(Boolean).join(' · ');

export const actionsText = ({ actions }: Problem): string => {
  const held = actions.filter(({ state }) => state !== 'dropped');
  return t('track.actions.count', { done: held.filter(({ state }) => state === 'done').length, all: held.length });
};

/** One line down: said → cause → action → recorded → said again; an empty ring where nothing stands yet. */
export const Track = ({ workspace, problem }: { workspace: string; problem: Problem }) => {
  const { said, recorded } = problem;
  return (
    <ol className={css.track}>
      <li data-empty={!said || 'none' in said.then}><strong>{t('track.said')}</strong>{said ? <><span>{measureName(said.measure)}: {toldText(said.then, said.measure)}</span><span className="meta" data-user-text>{readingOf(said.then)?.label}</span></> : <span className="meta">{t('track.none.said')}</span>}</li>
      <li data-empty={problem.cause === null}><strong>{t('track.cause')}</strong><span>{problem.cause ? <Anchor component={Link} to={`/w/${workspace}/diagnosis`}>{causeText(problem)}</Anchor> : <span className="meta">{t('track.none.cause')}</span>}</span></li>
      <li data-empty={problem.actions.length === 0}><strong>{t('track.actions')}</strong><span>{actionsText(problem)}</span></li>
      <li data-empty={!recorded?.now}><strong>{t('track.recorded')}</strong><After track={recorded} none={t('track.none.recorded')} waits={t('track.nextQuarter')} /></li>
      <li data-empty={!said?.now}><strong>{t('track.saidAgain')}</strong><After track={said} none={t('track.none.said')} waits={t('track.next')} again /></li>
    </ol>
  );
};

/** What came later, and how it changed; of a recorded measure, where it began too. */
export const After = ({ track, none, waits, again = false }: { track: Tracked | null; none: string; waits: string; again?: boolean }) => {
  if (!track) return <span className="meta">{none}</span>;
  const { measure, then, now } = track;
  return (
    <>
      {!again && <span>{measureName(measure)}</span>}
      {!again && <span className="meta">{readingOf(then)?.label}: {toldText(then, measure)}</span>}
      {now ? <><span><span data-user-text>{now.label}</span>: {toldText(now, measure)}</span><span>{changeText(track)}</span><span className="meta">{t('track.moved')}</span></> : <span className="meta">{waits}</span>}
    </>
  );
};
