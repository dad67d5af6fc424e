import type { FunctionName } from '../../../../lib/vocabulary';
import type { Interval } from '../../domain/results-view';
import css from './results.module.css';
import { place, type Axis } from './view';

export type Lane = { fn: FunctionName; mean: number; interval?: Interval; /** Where it stood a wave ago: an outline. */ before?: number };

const Shape = ({ fn, size, outline = false }: { fn: FunctionName; size: number; outline?: boolean }) => {
  const paint = outline ? { fill: 'var(--ground)', stroke: `var(--${fn})`, strokeWidth: 1.5 } : { fill: `var(--${fn})`, stroke: 'var(--ground)', strokeWidth: 1 };
  if (fn === 'sales') return <circle r={size} {...paint} />;
  if (fn === 'marketing') return <rect x={-size * 0.9} y={-size * 0.9} width={size * 1.8} height={size * 1.8} {...paint} />;
  return <path d={`M0 ${-size * 1.15} ${size * 1.15} 0 0 ${size * 1.15} ${-size * 1.15} 0Z`} {...paint} />;
};

const percent = (value: number, axis: Axis) => `${place(value, axis)}%`;

/** Dotted at the cuts between bands, from top to bottom of a row. */
export const Cuts = ({ axis }: { axis: Axis }) => (
  <>{axis.cuts.map((cut) => <line key={cut} x1={percent(cut, axis)} x2={percent(cut, axis)} y1="0" y2="100%" stroke="var(--mark)" strokeDasharray="2 4" />)}</>
);

/** Marks in lanes of their own, so that none covers another; intervals are two-pixel lines. The figures stand beside it as text. */
export const AxisLanes = ({ axis, lanes, height = 44, joined = false }: { axis: Axis; lanes: Lane[]; height?: number; joined?: boolean }) => {
  const y = (at: number) => (joined ? height / 2 : (height * (at + 1)) / (lanes.length + 1));
  const [first, last] = [lanes[0], lanes[lanes.length - 1]];
  return (
    <div className={css.lanes}>
      <svg width="100%" height={height} aria-hidden="true" overflow="visible">
        <Cuts axis={axis} />
        {!joined && lanes.map((lane, at) => <line key={lane.fn} x1="0" x2="100%" y1={y(at)} y2={y(at)} stroke="var(--hairline)" />)}
        {joined && first && last && first !== last && <line x1={percent(first.mean, axis)} x2={percent(last.mean, axis)} y1={y(0)} y2={y(0)} stroke="var(--mark)" strokeWidth="2" />}
        {lanes.map((lane, at) => (
          <g key={lane.fn}>
            {lane.interval && <line x1={percent(lane.interval.low, axis)} x2={percent(lane.interval.high, axis)} y1={y(at)} y2={y(at)} stroke={`var(--${lane.fn})`} strokeWidth="2" />}
            {lane.before !== undefined && <line x1={percent(lane.before, axis)} x2={percent(lane.mean, axis)} y1={y(at)} y2={y(at)} stroke={`var(--${lane.fn})`} strokeWidth="2" />}
            {lane.before !== undefined && <svg x={percent(lane.before, axis)} y={y(at)} overflow="visible"><Shape fn={lane.fn} size={4} outline /></svg>}
            <svg x={percent(lane.mean, axis)} y={y(at)} overflow="visible"><Shape fn={lane.fn} size={lane.fn === 'leadership' && joined ? 4 : 5.5} /></svg>
          </g>
        ))}
      </svg>
    </div>
  );
};

/** Figures under, zone names above: the head of a column of lanes. */
export const AxisHead = ({ axis }: { axis: Axis }) => (
  <div className={css.axisHead} aria-hidden="true">
    <div className={css.zones}>{axis.zones.map((zone) => <span key={zone.label} style={{ left: `${place((zone.from + zone.to) / 2, axis)}%`, maxWidth: `${place(zone.to, axis) - place(zone.from, axis)}%` }}>{zone.label}</span>)}</div>
    <div className={css.ticks}>{axis.ticks.map((tick) => <span key={tick} style={{ left: `${place(tick, axis)}%` }}>{tick}</span>)}</div>
  </div>
);
