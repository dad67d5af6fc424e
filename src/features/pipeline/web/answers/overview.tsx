import { IconChevronRight } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Answered, Page } from '../../../../ui/page';
import css from './answers.module.css';
import { answerCalls, whilePending, type Overview, type Rung } from './calls';
import { lackText, Recipes } from './carries';
import { AsOf, Mini, NoLeads, Word } from './parts';
import { sentence, t } from './text';

/** The five questions, one below the other: answer, small chart, how sure it is; locked rows say what is lacking. */
export const AnswersOverview = ({ workspace }: { workspace: string }) => {
  const overview = useQuery({ ...answerCalls.overview.queryOptions({ input: { workspace } }), refetchInterval: whilePending });
  return (
    <Answered query={overview} rows={6}>
      {(data) => (
        <Page title={t('title.overview', { leads: data.leads })} source={data.leads > 0 ? <AsOf {...data} /> : undefined}>
          {data.leads === 0 ? (
            <NoLeads workspace={workspace} />
          ) : (
            <>
              <ul className={css.rows}>{data.rungs.filter(({ question }) => question !== 'attribution').map((rung) => <li key={rung.question}><QuestionRow workspace={workspace} rung={rung} data={data} /></li>)}</ul>
              <h2 className="lead" style={{ margin: 0 }}>{t('others')}</h2>
              <ul className={css.rows}>
                <li><Other workspace={workspace} to="funnel" text={t('question.funnel')} /></li>
                {data.rungs.filter(({ question }) => question === 'attribution').map((rung) => <li key={rung.question}><Other workspace={workspace} to="attribution" text={t('question.attribution')} rung={rung} /></li>)}
              </ul>
            </>
          )}
        </Page>
      )}
    </Answered>
  );
};

const QuestionRow = ({ workspace, rung, data }: { workspace: string; rung: Rung; data: Overview }) => {
  const found = data.answers.find(({ question }) => question === rung.question);
  const question = <span className="meta">{t(`question.${rung.question}`)}</span>;
  if (!rung.answerable)
    return (
      <div className={css.row}>
        <div>{question}<span style={{ color: 'var(--ink-2)' }}>{lackText(rung)}</span><Recipes rung={rung} /></div>
        <div /><Word word="locked" /><span />
      </div>
    );
  return (
    <>
      <Link className={css.row} to="/w/$workspace/pipeline/answers/$question" params={{ workspace, question: rung.question }}>
        <div>{question}<span className="lead" data-user-text>{found ? sentence(found.finding) : t('pending.first')}</span></div>
        <Mini bars={found?.mini ?? []} />
        {found ? <Word word={found.finding.confidence} /> : <span />}
        <IconChevronRight size={16} aria-hidden="true" />
      </Link>
      <Recipes rung={rung} />
    </>
  );
};

const Other = ({ workspace, to, text, rung }: { workspace: string; to: string; text: string; rung?: Rung }) => (
  <Link className={css.row} to="/w/$workspace/pipeline/answers/$question" params={{ workspace, question: to }}>
    <div><span>{text}</span>{rung && !rung.answerable && <span className="meta">{lackText(rung)}</span>}</div>
    <div />{rung && !rung.answerable ? <Word word="locked" /> : <span />}<IconChevronRight size={16} aria-hidden="true" />
  </Link>
);
