import { FunctionLabel } from '../../../../ui/function-mark';
import { AxisHead, AxisLanes } from './axis';
import { useResults } from './context';
import { figure } from './format';
import { GapWord } from './parts';
import css from './results.module.css';
import { said } from './text';
import { axisOf, functionStanding, type SectionView } from './view';

/** The tool's chart for a narrow screen, where the printed drawing would be too small to read. */
export const ScoreRows = ({ section }: { section: SectionView }) => {
  const { answer, order } = useResults();
  const axis = axisOf(answer, section.wording);
  const { gap } = section.result;
  const rows = order.map((fn) => ({ fn, standing: functionStanding(answer, section, fn) })).filter(({ standing }) => standing.kind !== 'notAsked');
  return (
    <div>
      <AxisHead axis={axis} />
      <div className={css.scoreRows}>
        {rows.map(({ fn, standing }) => (
          <div key={fn} className={css.scoreRow}>
            <FunctionLabel fn={fn} />
            <span>
              {standing.kind === 'shown' && <><strong>{figure(standing.mean)}</strong> <span className="meta">{standing.interval && `${said('label.interval', { low: figure(standing.interval.low), high: figure(standing.interval.high) })} · `}{said('label.n', { n: standing.n })}</span></>}
            </span>
            <div>{standing.kind === 'shown' ? <AxisLanes axis={axis} height={28} lanes={[{ fn, mean: standing.mean, ...(standing.interval ? { interval: standing.interval } : {}) }]} /> : <span className={`hatched ${css.hiddenLane}`}><span>{said('hidden.cell')}</span></span>}</div>
          </div>
        ))}
      </div>
      {gap && <div className={css.scoreGap}><GapWord difference={gap.difference} verdict={gap.verdict} /></div>}
    </div>
  );
};
