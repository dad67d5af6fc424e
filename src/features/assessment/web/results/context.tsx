import { Link, useSearch } from '@tanstack/react-router';
import { createContext, use, type ReactNode } from 'react';
import type { FunctionName, Locale } from '../../../../lib/vocabulary';
import { LOCALES } from '../../../../lib/vocabulary';
import type { ResultsSource, View } from './source';
import type { ResultsAnswer, SectionView } from './view';

/** Which figure's making is asked for: a section's difference, or one group of it. */
export type MethodOf = { sectionId: string; blockId?: string };

export type ResultsContext = {
  source: ResultsSource;
  answer: ResultsAnswer;
  sections: SectionView[];
  order: FunctionName[];
  locale: Locale;
  openMethod: (of: MethodOf) => void;
};

const Context = createContext<ResultsContext | null>(null);
export const ResultsProvider = Context.Provider;

/** @throws Error outside of a results page. */
export const useResults = (): ResultsContext => {
  const found = use(Context);
  if (!found) throw new Error('no results around this part');
  return found;
};

/** The language of questions and readings, from the address, so that a link keeps it. */
export const useResultsLocale = (): Locale => {
  const search = useSearch({ strict: false }) as Record<string, unknown>;
  return LOCALES.find((locale) => locale === search.lang) ?? 'en';
};

/** A link to another view of the same results, in the same language. */
export const ViewLink = ({ view, className, children, current, label }: { view: View; className?: string; children: ReactNode; current?: boolean; label?: string }) => {
  const { source } = useResults();
  const locale = useResultsLocale();
  const target = source.at(view);
  const search = locale === 'en' ? target.search : { ...target.search, lang: locale };
  return (
    <Link to={target.to as never} params={target.params as never} search={search as never} {...(target.hash === undefined ? {} : { hash: target.hash })} className={className} activeOptions={{ exact: true, includeSearch: true }} aria-current={current ? 'page' : undefined} aria-label={label}>
      {children}
    </Link>
  );
};
