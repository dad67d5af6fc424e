import type { SheetAxis } from '../../../lib/sheet';
import { axisOf } from '../domain/track-axis';
import type { Problem } from './calls';
import css from './track-axis.module.css';
import { figure, measureName, t, toldText } from './text';
import { measureOf } from '../domain/measures';
import type { Tracked } from './track';

const percent = (share: number): string => `${(100 * share).toFixed(2)}%`;

/** What was said and what was recorded, each on its own axis with its intervals; the objective's target stands on the axis of its measure. */
export const TrackAxes = ({ problem: { said, recorded, objective } }: { problem: Problem }) => {
  const axis = (track: Tracked | null, kind: string): SheetAxis | null => {
    if (!track) return null;
    const unit = measureOf(track.measure)?.unit ?? 'score';
    const aim = objective?.measure === track.measure ? { value: objective.target, text: t('axis.target', { value: figure(objective.target, unit, 'currency' in track.then ? track.then.currency : null) }) } : null;
    return axisOf(track, `${kind}: ${measureName(track.measure)}`, (reading) => toldText(reading, track.measure), aim);
  };
  const axes = [axis(said, t('track.said')), axis(recorded, t('track.recorded'))].filter((each) => each !== null);
  return axes.length === 0 ? null : <div className={css.axes}>{axes.map((each) => <Axis key={each.name} axis={each} />)}</div>;
};

const Axis = ({ axis: { name, rows, target, cuts } }: { axis: SheetAxis }) => (
  <figure className={css.axis}>
    <figcaption>{name}</figcaption>
    <ul>
      {rows.map(({ label, text, at, low, high, now }) => (
        <li key={label}>
          <span className={css.label} data-user-text>{label}</span>
          <svg height="24" aria-hidden="true">
            <line x1="0" x2="100%" y1="12" y2="12" stroke="var(--hairline)" />
            {cuts.map((cut) => <line key={cut} x1={percent(cut)} x2={percent(cut)} y1="0" y2="24" stroke="var(--mark)" strokeDasharray="2 3" />)}
            {target && <line x1={percent(target.at)} x2={percent(target.at)} y1="0" y2="24" stroke="var(--ink)" strokeWidth="2" />}
            {low !== null && high !== null && <line x1={percent(low)} x2={percent(high)} y1="12" y2="12" stroke="var(--ink-2)" strokeWidth="2" />}
            <circle cx={percent(at)} cy="12" r="6" fill={now ? 'var(--ink)' : 'var(--ground)'} stroke="var(--ink)" strokeWidth="2" />
          </svg>
          <span className={css.text}>{text}</span>
        </li>
      ))}
    </ul>
    {target && <p className="meta" style={{ margin: 0 }}>{target.text}</p>}
  </figure>
);
