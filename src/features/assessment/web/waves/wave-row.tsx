import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { functionName } from '../../../../ui/function-mark';
import { canSeeResults, type Me } from '../../policy';
import { StateChip } from './state-chip';
import { t } from './text';
import type { Shown, Wave } from './wave-state';
import css from './waves.module.css';
import { day, fromNow, moment, readersZone } from './when';

/** One survey in the list: its state, its times in the reader's zone, and the way to its results. */
export const WaveRow = ({ workspace, wave, state, now, me }: { workspace: string; wave: Wave; state: Shown; now: number; me: Me | undefined }) => (
  <li className={css.row}>
    <div className={css.grow}>
      <Link className={css.rowTitle} to="/w/$workspace/understand/waves/$wave" params={{ workspace, wave: wave.id }}>{wave.name}</Link>
      <div className="meta">{said(wave, state, now)}</div>
    </div>
    <StateChip state={state} />
    {state === 'closed' && me && (canSeeResults(me, wave)
      ? <Button size="compact-sm" variant="default" component={Link} to={`/w/${workspace}/understand/waves/${wave.id}/results`} aria-label={t('list.results.of', { name: wave.name })}>{t('list.results')}</Button>
      : <span className="meta">{t('list.unpublished')}</span>)}
  </li>
);

const said = (wave: Wave, state: Shown, now: number): string => {
  const zone = readersZone();
  switch (state) {
    case 'draft':
      return t('list.draft', { date: day(wave.createdAt) });
    case 'planned':
      return t('list.planned', { when: moment(wave.opensAt ?? '', zone), invited: wave.invited });
    case 'open':
      return t('list.open', { when: moment(wave.closesAt ?? '', zone), left: fromNow(wave.closesAt ?? '', now), invited: wave.invited });
    case 'counting':
      return t('list.counting');
    case 'closed':
      return [t('list.closed', { date: day(wave.closedAt ?? wave.createdAt) }), wave.invited > 0 ? t('list.asked', { invited: wave.invited }) : t('list.elsewhere'), ...wave.discarded.map((fn) => t('list.discarded', { fn: functionName(fn) }))].join(' · ');
  }
};
