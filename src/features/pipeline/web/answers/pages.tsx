import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Answered } from '../../../../ui/page';
import { AsOfField, PastDay, useAsOf } from '../../../../ui/past-day';
import { AttributionModels } from './attribution';
import { answerCalls, whilePending, type Content, type Dated, type Finding, type Ruled } from './calls';
import { Dropout } from './dropout';
import { Funnel } from './funnel';
import { Marks } from './marks';
import { AnswerPage, AnswerWaits } from './parts';
import { AllLeads, RuleSwitch, useRule } from './rule-switch';
import { Slow } from './slow';
import { basisText, sentence, t } from './text';
import { Usefulness } from './usefulness';

type Question = 'usefulness' | 'slow' | 'dropout' | 'fast' | 'converting';
type Asked<C> = { data: (Dated & { content: C | null; rule: Ruled['rule'] }) | undefined; error: unknown; isPending: boolean; refetch: () => unknown };

/** A question's page: the sentence first, then what it rests on; before the first working out, the question itself. */
function OneQuestion<C extends { finding: Finding; basis: Content<'slow'>['basis'] }>({ workspace, question, query, above, children }: { workspace: string; question: Question; query: Asked<C>; above: ReactNode; children: (content: C) => ReactNode }) {
  return (
    <Answered query={query} rows={8}>
      {({ content, rule, ...dated }) => {
        const asked = t(`question.${question}`);
        if (content?.basis.of === 0 && rule === null) return <AnswerWaits workspace={workspace} question={asked} />;
        return (
          <AnswerPage workspace={workspace} dated={dated} tab={asked} title={content ? sentence(content.finding) : asked} basis={content ? basisText(content.basis) : undefined} word={content?.finding.confidence}>
            {above}
            {content && children(content)}
          </AnswerPage>
        );
      }}
    </Answered>
  );
}

const UsefulnessPage = ({ workspace }: { workspace: string }) => {
  const rule = useRule();
  const query = useQuery({ ...answerCalls.usefulness.queryOptions({ input: { workspace, rule } }), placeholderData: keepPreviousData, refetchInterval: whilePending });
  return <OneQuestion<Content<'usefulness'>> workspace={workspace} question="usefulness" query={query} above={<RuleSwitch workspace={workspace} rule={rule} ruled={query.data} />}>{(content) => <Usefulness workspace={workspace} content={content} />}</OneQuestion>;
};
const SlowPage = ({ workspace }: { workspace: string }) => {
  const rule = useRule();
  const query = useQuery({ ...answerCalls.slow.queryOptions({ input: { workspace, rule } }), placeholderData: keepPreviousData, refetchInterval: whilePending });
  return <OneQuestion<Content<'slow'>> workspace={workspace} question="slow" query={query} above={<RuleSwitch workspace={workspace} rule={rule} ruled={query.data} />}>{(content) => <Slow key={rule ?? 'all'} workspace={workspace} content={content} />}</OneQuestion>;
};
const DropoutPage = ({ workspace }: { workspace: string }) => {
  const rule = useRule();
  const query = useQuery({ ...answerCalls.dropout.queryOptions({ input: { workspace, rule } }), placeholderData: keepPreviousData, refetchInterval: whilePending });
  return <OneQuestion<Content<'dropout'>> workspace={workspace} question="dropout" query={query} above={<RuleSwitch workspace={workspace} rule={rule} ruled={query.data} />}>{(content) => <Dropout workspace={workspace} content={content} />}</OneQuestion>;
};
const FastPage = ({ workspace }: { workspace: string }) => {
  const rule = useRule();
  const query = useQuery({ ...answerCalls.fast.queryOptions({ input: { workspace, rule } }), placeholderData: keepPreviousData, refetchInterval: whilePending });
  return <OneQuestion<Content<'fast'>> workspace={workspace} question="fast" query={query} above={<RuleSwitch workspace={workspace} rule={rule} ruled={query.data} />}>{(content) => <Marks workspace={workspace} question="fast" content={content} />}</OneQuestion>;
};
const ConvertingPage = ({ workspace }: { workspace: string }) => {
  const rule = useRule();
  const query = useQuery({ ...answerCalls.converting.queryOptions({ input: { workspace, rule } }), placeholderData: keepPreviousData, refetchInterval: whilePending });
  return <OneQuestion<Content<'converting'>> workspace={workspace} question="converting" query={query} above={<RuleSwitch workspace={workspace} rule={rule} ruled={query.data} />}>{(content) => <Marks workspace={workspace} question="converting" content={content} />}</OneQuestion>;
};

const FunnelPage = ({ workspace }: { workspace: string }) => {
  const rule = useRule();
  const [asked, ask] = useAsOf();
  const query = useQuery({ ...answerCalls.funnel.queryOptions({ input: { workspace, rule, asOf: asked } }), placeholderData: keepPreviousData, refetchInterval: whilePending });
  return (
    <Answered query={query} rows={8}>
      {({ content, asOf, ...dated }) => content?.all.entrants === 0 && !rule && !asOf ? <AnswerWaits workspace={workspace} question={t('question.funnel')} /> : (
        <AnswerPage workspace={workspace} dated={asOf ? null : dated} tab={t('question.funnel')} title={content ? t('title.funnel', { entrants: content.all.entrants, won: content.all.won }) : t('question.funnel')}>
          {asOf && <PastDay day={asOf} onBack={() => ask(undefined)}>{t('funnel.past')}</PastDay>}
          <RuleSwitch workspace={workspace} rule={rule} ruled={dated} asOf={asOf} />
          <AsOfField day={asked} onChange={ask} />
          {content && content.all.entrants > 0 && <Funnel key={`${rule ?? 'all'} ${asOf ?? ''}`} workspace={workspace} content={content} rule={rule} asOf={asOf} />}
        </AnswerPage>
      )}
    </Answered>
  );
};

/** Attribution's page. */
export const AttributionPage = ({ workspace }: { workspace: string }) => {
  const query = useQuery({ ...answerCalls.attribution.queryOptions({ input: { workspace } }), refetchInterval: whilePending });
  return (
    <Answered query={query} rows={8}>
      {({ content, ...dated }) => content?.basis.of === 0 ? <AnswerWaits workspace={workspace} question={t('question.attribution')} /> : (
        <AnswerPage workspace={workspace} dated={dated} tab={t('question.attribution')} title={content?.carries ?? t('title.attribution')} basis={content ? basisText(content.basis) : undefined}>
          <AllLeads workspace={workspace} />
          {content && <AttributionModels workspace={workspace} content={content} />}
        </AnswerPage>
      )}
    </Answered>
  );
};

const PAGES: Readonly<Record<string, (of: { workspace: string }) => ReactNode>> = { usefulness: UsefulnessPage, slow: SlowPage, dropout: DropoutPage, fast: FastPage, converting: ConvertingPage, funnel: FunnelPage };

/** The page of a question by the name in its address; undefined for a name that is none. */
export const pageOf = (question: string): ((of: { workspace: string }) => ReactNode) | undefined => (Object.hasOwn(PAGES, question) ? PAGES[question] : undefined);
