import { IconArrowLeft, IconArrowRight } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { useResults, useResultsLocale, ViewLink } from './context';
import css from './results.module.css';
import type { View } from './source';
import { t } from './text';
import { partsOf, type ResultsAnswer, type SectionView } from './view';

export type Entry = { view: View; label: string };

/** Every view these results have, in reading order; what was not asked or is not there has no entry. */
export const entriesOf = (answer: ResultsAnswer, sections: readonly SectionView[]): Entry[] => {
  const { results, instrument } = answer;
  const tools = instrument.tools.filter((tool) => sections.some((section) => section.tool.id === tool.id));
  const parts = results.response.some((row) => partsOf(results, row.function).length > 0);
  return [
    { view: { kind: 'overview' }, label: t('nav.overview') },
    ...tools.map((tool): Entry => ({ view: { kind: 'tool', tool: tool.id }, label: tool.title })),
    ...(parts ? [{ view: { kind: 'groups' } as const, label: t('nav.groups') }] : []),
    ...(results.change ? [{ view: { kind: 'change' } as const, label: t('nav.change') }] : []),
    ...(results.comments.length > 0 ? [{ view: { kind: 'comments' } as const, label: t('nav.comments') }] : []),
  ];
};

const same = (a: View, b: View): boolean => a.kind === b.kind && (a.kind !== 'tool' || b.kind !== 'tool' || a.tool === b.tool);

const TAKES_ARROWS = 'input, textarea, select, [contenteditable], [role="radiogroup"], [role="menu"], [role="dialog"], [role="listbox"], [tabindex="0"][role="region"]';

/** Left and right lead to the neighbouring view, unless something that uses the arrows itself has the focus. */
const useArrows = (entries: readonly Entry[], current: View) => {
  const { source } = useResults();
  const locale = useResultsLocale();
  const navigate = useNavigate();
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const by = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
      if (by === 0 || event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
      if (event.target instanceof Element && event.target.closest(TAKES_ARROWS)) return;
      const next = entries[entries.findIndex(({ view }) => same(view, current)) + by];
      if (!next) return;
      const { search, ...target } = source.at(next.view);
      void navigate({ ...target, search: locale === 'en' ? search : { ...search, lang: locale } } as never);
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [entries, current, source, locale, navigate]);
};

export const ResultsNav = ({ current }: { current: View }) => {
  const { answer, sections } = useResults();
  const entries = entriesOf(answer, sections);
  const strip = useRef<HTMLElement>(null);
  useArrows(entries, current);
  useEffect(() => {
    strip.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'center' });
  }, [current]);
  return (
    <nav ref={strip} className={`${css.strip} no-print`} aria-label={t('nav.label')}>
      {entries.map(({ view, label }) => <ViewLink key={label} view={view} current={same(view, current)} className={css.stripLink}>{label}</ViewLink>)}
    </nav>
  );
};

/** The way on at the foot of a tool's page. */
export const Neighbours = ({ tool }: { tool: string }) => {
  const { answer, sections } = useResults();
  const entries = entriesOf(answer, sections);
  const at = entries.findIndex(({ view }) => view.kind === 'tool' && view.tool === tool);
  const [before, after] = [entries[at - 1], entries[at + 1]];
  return (
    <nav className={`${css.neighbours} no-print`} aria-label={t('nav.neighbours')}>
      {before ? <ViewLink view={before.view}><IconArrowLeft size={16} aria-hidden="true" />{before.label}</ViewLink> : <span />}
      <span className="meta">{t('nav.arrows')}</span>
      {after ? <ViewLink view={after.view}>{after.label}<IconArrowRight size={16} aria-hidden="true" /></ViewLink> : <span />}
    </nav>
  );
};

