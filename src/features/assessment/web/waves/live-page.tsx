import { useQuery } from '@tanstack/react-query';
import { Answered, Page } from '../../../../ui/page';
import { can, type Me } from '../../policy';
import { assessmentCalls } from '../calls';
import { Closing } from './closing';
import { Letters } from './letters';
import { PersonalLinks } from './personal-links';
import { FunctionProgress, GroupProgress } from './progress';
import { Reach } from './reach';
import { StateChip } from './state-chip';
import { t } from './text';
import { TrustWords } from './trust-words';
import type { Shown, Wave } from './wave-state';
import css from './waves.module.css';
import { fromNow, moment, readersZone, sameClock } from './when';

const POLL_MS = 20_000;

type Live = { workspace: string; wave: Wave; state: Exclude<Shown, 'draft' | 'closed'>; now: number; me: Me; timeZone: string; mail: boolean };

/** A survey under way: how far it has come, when it closes, how to reach people. Nothing here tells one person from another. */
export const LivePage = ({ workspace, wave, state, now, me, timeZone, mail }: Live) => {
  const watches = can(me, 'wave:progress');
  const manages = can(me, 'wave:manage');
  const progress = useQuery(assessmentCalls.progress.queryOptions({ input: { workspace, wave: wave.id }, enabled: watches, refetchInterval: POLL_MS }));
  const reaches = manages && state !== 'counting';
  return (
    <Page title={titleOf(wave, state, now, progress.data?.functions)} source={sourceOf(wave, state, timeZone)} actions={<StateChip state={state} />}>
      {!watches && <p className={css.quiet}>{t('live.reader')}</p>}
      {watches && (
        <Answered query={progress} rows={5}>
          {(made) => (
            <div className={css.columns}>
              <div className={css.column}>
                {state === 'counting' && <Counting until={made.acceptedUntil} timeZone={timeZone} />}
                <FunctionProgress progress={made} />
                <GroupProgress progress={made} />
                {reaches && <Reach workspace={workspace} wave={wave} mail={mail} address={made.address} />}
                {reaches && <PersonalLinks workspace={workspace} wave={wave.id} />}
              </div>
              <div className={css.column}>
                {reaches && <Closing workspace={workspace} wave={wave} progress={made} timeZone={timeZone} now={now} />}
                {reaches && <Letters workspace={workspace} wave={wave} kinds={['launch', 'reminder']} />}
                <TrustWords progress={made} reach={reaches} />
              </div>
            </div>
          )}
        </Answered>
      )}
    </Page>
  );
};

const titleOf = (wave: Wave, state: Live['state'], now: number, functions: { invited: number; atLeast: number }[] | undefined): string => {
  if (state === 'planned') return t('live.title.planned', { name: wave.name, left: fromNow(wave.opensAt ?? '', now) });
  if (state === 'counting') return t('live.title.counting', { name: wave.name });
  const reached = (functions ?? []).reduce((sum, each) => sum + each.atLeast, 0);
  return t(reached > 0 ? 'live.title.some' : 'live.title', { name: wave.name, left: fromNow(wave.closesAt ?? '', now), reached, invited: wave.invited });
};

const sourceOf = (wave: Wave, state: Live['state'], timeZone: string): string => {
  const at = wave.closesAt ?? wave.createdAt;
  const own = readersZone();
  const times = t(state === 'planned' ? 'live.times' : state === 'counting' ? 'live.times.closed' : 'live.times.open', { opens: moment(wave.opensAt ?? wave.createdAt, timeZone), closes: moment(at, timeZone), zone: timeZone });
  return sameClock(at, timeZone, own) ? times : `${times} · ${t('when.yours', { when: moment(at, own), zone: own })}`;
};

const Counting = ({ until, timeZone }: { until: string | null; timeZone: string }) => (
  <section className={`panel ${css.section}`} role="status">
    <h2 className={css.heading}>{t('counting.title')}</h2>
    <p>{t('counting.text', { until: until ? moment(until, timeZone) : '…', zone: timeZone })}</p>
    <p className={css.quiet}>{t('counting.then')}</p>
  </section>
);
