import { IconClockHour4, IconHistory } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { functionName } from '../../../../ui/function-mark';
import type { WaveResults } from '../../domain/results-view';
import css from './results.module.css';
import { said, t } from './text';
import { hiddenFunctions } from './view';

/** Results that are not there yet because their time has not come: a clock, a solid frame, no dashes and no hatch. */
export const TooYoung = ({ title, children }: { title: string; children: ReactNode }) => (
  <section className={css.young}>
    <IconClockHour4 size={28} stroke={1.5} aria-hidden="true" />
    <h2 className="lead" style={{ margin: 0 }}>{title}</h2>
    <div style={{ color: 'var(--ink-2)' }}>{children}</div>
  </section>
);

/** Results still true but old: a strip with a double edge. */
export const Stale = ({ months, action }: { months: number; action?: ReactNode }) => (
  <div className={css.stale} role="note">
    <IconHistory size={18} stroke={1.5} aria-hidden="true" />
    <span>{t('stale.text', { months })}</span>
    {action}
  </div>
);

/** Kept back by the gate: hatched, with the rule in words. */
export const HiddenPanel = ({ title, children }: { title: string; children?: ReactNode }) => (
  <section className={`hatched ${css.hiddenPanel}`}>
    <div>
      <strong>{title}</strong>
      {children}
    </div>
  </section>
);

/** Names every invited function that is kept back, and the wave's own thresholds. */
export const HiddenFunctions = ({ results }: { results: WaveResults }) => {
  const hidden = hiddenFunctions(results);
  if (hidden.length === 0) return null;
  const sides = hidden.filter((fn) => fn !== 'leadership').length === results.response.filter((row) => row.function !== 'leadership').length;
  return (
    <HiddenPanel title={sides ? said('hidden.allSides') : hidden.map((fn) => said('hidden.function', { function: functionName(fn) })).join(' ')}>
      <p>{said('hidden.why', { minimum: results.minimum.general })}</p>
      {hidden.includes('leadership') && results.minimum.leadership !== results.minimum.general && <p>{said('hidden.leadership', { minimum: results.minimum.leadership })}</p>}
    </HiddenPanel>
  );
};
