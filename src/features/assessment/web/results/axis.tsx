import type { FunctionName } from '../../../../lib/vocabulary';
import type { Interval } from '../../domain/results-view';
import { figure } from './format';
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
export const AxisLanes = ({ axis, lanes, height = 44 }: { axis: Axis; lanes: Lane[]; height?: number }) => {
  const y = (at: number) => `${(100 * (at + 1)) / (lanes.length + 1)}%`;
  return (
    <div className={css.lanes} style={{ minHeight: height }}>
      <svg width="100%" height="100%" aria-hidden="true" overflow="visible">
        <Cuts axis={axis} />
        {lanes.map((lane, at) => <line key={lane.fn} x1="0" x2="100%" y1={y(at)} y2={y(at)} stroke="var(--hairline)" />)}
        {lanes.map((lane, at) => (
          <g key={lane.fn}>
            {lane.interval && <line x1={percent(lane.interval.low, axis)} x2={percent(lane.interval.high, axis)} y1={y(at)} y2={y(at)} stroke={`var(--${lane.fn})`} strokeWidth="2" />}
            {lane.before !== undefined && <line x1={percent(lane.before, axis)} x2={percent(lane.mean, axis)} y1={y(at)} y2={y(at)} stroke={`var(--${lane.fn})`} strokeWidth="2" />}
            {lane.before !== undefined && <svg x={percent(lane.before, axis)} y={y(at)} overflow="visible"><Shape fn={lane.fn} size={4} outline /></svg>}
            <svg x={percent(lane.mean, axis)} y={y(at)} overflow="visible"><Shape fn={lane.fn} size={5.5} /></svg>
          </g>
        ))}
      </svg>
    </div>
  );
};

/** One statement: both sides' marks joined by a line, the lower figure left of its mark and the higher one right, so that the two never meet. */
export const AxisPair = ({ axis, lanes, figures }: { axis: Axis; lanes: Lane[]; figures: boolean }) => {
  const sides = lanes.filter(({ fn }) => fn !== 'leadership').sort((a, b) => a.mean - b.mean);
  const others = lanes.filter(({ fn }) => fn === 'leadership');
  const [low, high] = [sides[0], sides[sides.length - 1]];
  const near = low && high && low !== high && Math.abs(place(low.mean, axis) - place(high.mean, axis)) < 4;
  const lift = (lane: Lane) => (near ? (lane === low ? -5 : 5) : 0);
  // Where leadership's mark would stand on another's figure, it moves up.
  const beside = (lane: Lane) => sides.some((side) => Math.abs(place(side.mean, axis) - place(lane.mean, axis)) < 14 && !(low && high && low !== high && lane.mean > low.mean + 0.2 && lane.mean < high.mean - 0.2));
  const outside = (lane: Lane) => (lane === low && lane !== high ? 'end' : place(lane.mean, axis) > 92 ? 'end' : 'start');
  return (
    <div className={css.lanes} style={{ minHeight: 28 }}>
      <svg width="100%" height="100%" aria-hidden="true" overflow="visible">
        <Cuts axis={axis} />
        {low && high && low !== high && <line x1={percent(low.mean, axis)} x2={percent(high.mean, axis)} y1="50%" y2="50%" stroke="var(--mark)" strokeWidth="2" />}
        {others.map((lane) => <svg key={lane.fn} x={percent(lane.mean, axis)} y="50%" overflow="visible"><g transform={`translate(0 ${beside(lane) ? -11 : 0})`}><Shape fn={lane.fn} size={4} /></g></svg>)}
        {sides.map((lane) => (
          <svg key={lane.fn} x={percent(lane.mean, axis)} y="50%" overflow="visible">
            <g transform={`translate(0 ${lift(lane)})`}><Shape fn={lane.fn} size={5.5} /></g>
            {figures && <text className={css.markFigure} x={outside(lane) === 'end' ? -10 : 10} y="4" textAnchor={outside(lane)} fill={`var(--${lane.fn}-text)`}>{figure(lane.mean)}</text>}
          </svg>
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
