import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Answered } from '../../../../ui/page';
import { dayText } from '../../../../ui/when';
import { pipelineCalls, type SaidAnswer, type TwoCountsAnswer } from '../calls';
import type { DisputedRow } from '../../domain/reconcile';
import { DraftLink } from './draft-link';
import { t } from './text';
import css from './two-counts.module.css';

type Said = SaidAnswer['salesOnMarketing'];

/** Said beside recorded: what each side thinks of the other, and what its own records show. Equal in size, one action each. */
export const Panels = ({ workspace, counted, onOpen }: { workspace: string; counted: TwoCountsAnswer; onOpen: (row: DisputedRow) => void }) => {
  const said = useQuery(pipelineCalls.twoCountsSaid.queryOptions({ input: { workspace } }));
  const returned = counted.rows.find(({ row }) => row === 'returned')?.leads ?? 0;
  const late = counted.rows.find(({ row }) => row === 'past_due')?.leads ?? 0;
  const { worked } = counted.counts;
  const without = worked === 'accepted' || worked === 'deal' ? worked : 'contact';
  return (
    <Answered query={said} rows={2}>
      {(answer) => (
        <div className={css.panels}>
          <Panel title={t('panel.usable')} said={answer.salesOnMarketing} recorded={counted.owned === 0 ? t('panel.recorded.none.owned') : t('panel.recorded.returned', { n: returned, of: counted.owned })} row="returned" {...{ workspace, counted, onOpen }} />
          <Panel title={t('panel.word')} said={answer.marketingOnSales} recorded={counted.due === 0 ? t('panel.recorded.none.due') : t(`panel.recorded.${without}`, { n: late, of: counted.due })} row="past_due" {...{ workspace, counted, onOpen }} />
        </div>
      )}
    </Answered>
  );
};

type PanelProps = { title: string; said: Said; recorded: string; row: DisputedRow; workspace: string; counted: TwoCountsAnswer; onOpen: (row: DisputedRow) => void };

const Panel = ({ title, said, recorded, row, workspace, counted, onOpen }: PanelProps) => (
  <section className={`panel ${css.panel}`}>
    <h2 className="lead">{title}</h2>
    <dl>
      <div><dt>{t('panel.said')}</dt><dd><SaidFigure workspace={workspace} said={said} /></dd></div>
      <div><dt>{t('panel.recorded')}</dt><dd><button type="button" className={css.open} onClick={() => onOpen(row)}>{recorded}</button></dd></div>
    </dl>
    <div><DraftLink workspace={workspace} row={row} counted={counted} /></div>
  </section>
);

const SaidFigure = ({ workspace, said }: { workspace: string; said: Said }) => {
  if (!said) return <span className={css.quiet}>{t('panel.said.none')}</span>;
  if (said.mean === null) return <span className={`hatched ${css.hidden}`}>{t('panel.said.hidden')}</span>;
  return <><Link to="/w/$workspace/understand/waves/$wave/results" params={{ workspace, wave: said.waveId }}><strong>{t('panel.said.value', { mean: said.mean.toFixed(1) })}</strong></Link> <span className="meta">{t('panel.said.n', { n: said.n, wave: said.wave, date: dayText(said.closedAt) })}</span></>;
};
