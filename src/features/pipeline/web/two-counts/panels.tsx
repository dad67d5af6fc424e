import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Answered } from '../../../../ui/page';
import { dayText } from '../../../../ui/when';
import { pipelineCalls, type SaidAnswer, type TwoCountsAnswer } from '../calls';
import { DRAFT_COMMITMENT, DRAFT_TERM } from './search';
import { t } from './text';
import css from './two-counts.module.css';

type Said = SaidAnswer['salesOnMarketing'];

/** Said beside recorded: what each side thinks of the other, and what its own records show. Equal in size, one action each. */
export const Panels = ({ workspace, counted }: { workspace: string; counted: TwoCountsAnswer }) => {
  const said = useQuery(pipelineCalls.twoCountsSaid.queryOptions({ input: { workspace } }));
  const returned = counted.rows.find(({ row }) => row === 'returned')?.leads ?? 0;
  const late = counted.rows.find(({ row }) => row === 'past_due')?.leads ?? 0;
  const { worked } = counted.counts;
  const without = worked === 'accepted' || worked === 'deal' ? worked : 'contact';
  return (
    <Answered query={said} rows={2}>
      {(answer) => (
        <div className={css.panels}>
          <Panel title={t('panel.usable')} said={answer.salesOnMarketing} recorded={counted.owned === 0 ? t('panel.recorded.none.owned') : t('panel.recorded.returned', { n: returned, of: counted.owned })} action={t('panel.term')} to={`/w/${workspace}/agreements/terms`} draft={DRAFT_TERM} />
          <Panel title={t('panel.word')} said={answer.marketingOnSales} recorded={counted.due === 0 ? t('panel.recorded.none.due') : t(`panel.recorded.${without}`, { n: late, of: counted.due })} action={t('panel.commitment')} to={`/w/${workspace}/agreements`} draft={DRAFT_COMMITMENT} />
        </div>
      )}
    </Answered>
  );
};

const Panel = ({ title, said, recorded, action, to, draft }: { title: string; said: Said; recorded: string; action: string; to: string; draft: Record<string, string> }) => (
  <section className={`panel ${css.panel}`}>
    <h2 className="lead">{title}</h2>
    <dl>
      <div><dt>{t('panel.said')}</dt><dd><SaidFigure said={said} /></dd></div>
      <div><dt>{t('panel.recorded')}</dt><dd><strong>{recorded}</strong></dd></div>
    </dl>
    <Button variant="default" component={Link} to={to} search={draft as never}>{action}</Button>
  </section>
);

const SaidFigure = ({ said }: { said: Said }) => {
  if (!said) return <span className={css.quiet}>{t('panel.said.none')}</span>;
  if (said.mean === null) return <span className={`hatched ${css.hidden}`}>{t('panel.said.hidden')}</span>;
  return <><strong>{t('panel.said.value', { mean: said.mean.toFixed(1) })}</strong> <span className="meta">{t('panel.said.n', { n: said.n, wave: said.wave, date: dayText(said.closedAt) })}</span></>;
};
