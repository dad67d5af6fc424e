import { useQuery } from '@tanstack/react-query';
import { Answered } from '../../../ui/page';
import { OptedOut } from '../../customers/web/public';
import { agreementsCalls, useRight, type ClockView } from './calls';
import css from './agreements.module.css';
import { spanText, t } from './text';

export const dueText = (clock: ClockView, now: number): string => {
  if (!clock.dueAt) return t('state.paused');
  const left = Date.parse(clock.dueAt) - now;
  return left >= 0 ? t('live.due', { span: spanText(left) }) : t('live.over', { span: spanText(left) });
};

/** Clocks that run, nearest first: the account and the territory, never a person. */
export const LiveStrip = ({ workspace, names }: { workspace: string; names: ReadonlyMap<string, string> }) => {
  const may = useRight(workspace, 'clocks:read');
  const live = useQuery({ ...agreementsCalls.live.queryOptions({ input: { workspace, limit: 8 } }), enabled: may, refetchInterval: 60_000 });
  return (
    <section className={css.strip} aria-labelledby="live">
      <h2 id="live">{t('live.title')}</h2>
      {!may ? <span className="meta">{t('live.closed')}</span> : (
        <Answered query={live} rows={3}>
          {(rows) => rows.length === 0 ? <span className="meta">{t('live.none')}</span> : (
            <ol>
              {rows.map((clock) => (
                <li key={`${clock.agreement}-${clock.lead}`}>
                  <strong data-user-text>{clock.account ?? t('live.unnamed')}</strong>{clock.optedOut && <> <OptedOut /></>}
                  <div className={clock.state === 'warned' ? css.soon : undefined}>{dueText(clock, live.dataUpdatedAt)}{clock.state === 'warned' ? ` · ${t('state.warned')}` : ''}</div>
                  <div className="meta" data-user-text>{names.get(clock.agreement)} · {clock.team ?? t('live.noTeam')}</div>
                </li>
              ))}
            </ol>
          )}
        </Answered>
      )}
    </section>
  );
};
