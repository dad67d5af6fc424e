import { NativeSelect } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useMemo, useState, type ReactNode } from 'react';
import { LOCALES } from '../../../../lib/vocabulary';
import { faultOf } from '../../../../browser/rpc';
import { Answered, Page } from '../../../../ui/page';
import { ResultsProvider, useResults, useResultsLocale, type MethodOf } from './context';
import { LANGUAGE_NAMES } from './languages';
import { MethodDrawer } from './method-drawer';
import { ResultsNav } from './nav';
import css from './results.module.css';
import type { ResultsSource, View } from './source';
import { Stale, TooYoung } from './states';
import { t } from './text';
import { functionOrder, monthsBetween, sectionViews, STALE_AFTER_MONTHS, type ResultsAnswer } from './view';

/** Loads results from wherever they come and lays every view of them into one frame. */
export const ResultsFrame = ({ source, view, actions, children }: { source: ResultsSource; view: View; actions?: ReactNode; children: ReactNode }) => {
  const locale = useResultsLocale();
  const answer = useQuery({ queryKey: ['results', source.key, locale], queryFn: () => source.results(locale), staleTime: 60_000, placeholderData: keepPreviousData });
  const refused = !answer.data && answer.error && faultOf(answer.error).status === 403;
  return (
    <div className={css.frame}>
      {refused ? <Page title={t('young.refused')}><TooYoung title={faultOf(answer.error).message}>{faultOf(answer.error).todo}</TooYoung></Page> : null}
      {!refused && <Answered query={answer} rows={8} bare>{(data) => <Loaded source={source} view={view} answer={data} actions={actions}>{children}</Loaded>}</Answered>}
    </div>
  );
};

type LoadedProps = { source: ResultsSource; view: View; answer: ResultsAnswer; actions?: ReactNode; children: ReactNode };

const Loaded = ({ source, view, answer, actions, children }: LoadedProps) => {
  const locale = useResultsLocale();
  const [method, setMethod] = useState<MethodOf | null>(null);
  const results = useMemo(() => ({ source, answer, locale, sections: sectionViews(answer), order: functionOrder(answer.leftSide) }), [source, answer, locale]);
  const context = useMemo(() => ({ ...results, openMethod: setMethod }), [results]);
  return (
    <ResultsProvider value={context}>
      <div className={`${css.bar} no-print`}>
        <span className={css.barName}><strong>{answer.workspaceName}</strong> <span>{answer.results.wave.name}</span></span>
        <div className={css.barActions}><LanguageChoice view={view} />{actions}</div>
      </div>
      <ResultsNav current={view} />
      <Age closedAt={answer.results.wave.closedAt} sample={source.kind === 'sample'} />
      {children}
      <MethodDrawer results={results} of={method} change={setMethod} close={() => setMethod(null)} />
    </ResultsProvider>
  );
};

/** An invented company's answers do not grow old. */
const Age = ({ closedAt, sample }: { closedAt: string; sample: boolean }) => {
  const months = monthsBetween(closedAt, new Date());
  return !sample && months >= STALE_AFTER_MONTHS ? <Stale months={months} /> : null;
};

/** Questions, readings and drawings speak the chosen language; the choice stays in the address. */
const LanguageChoice = ({ view }: { view: View }) => {
  const { source, locale } = useResults();
  const navigate = useNavigate();
  const choose = (chosen: string) => {
    const { search, ...target } = source.at(view);
    void navigate({ ...target, search: chosen === 'en' ? search : { ...search, lang: chosen }, replace: true, resetScroll: false } as never);
  };
  return <NativeSelect size="sm" w={128} aria-label={t('language')} value={locale} onChange={(event) => choose(event.currentTarget.value)} data={LOCALES.map((value) => ({ value, label: LANGUAGE_NAMES[value] }))} />;
};
