import { SegmentedControl } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useResults, useResultsLocale } from './context';
import css from './results.module.css';
import { said } from './text';
import type { SectionView } from './view';

/** One section at a time, with an address of its own. */
export const SectionSwitch = ({ siblings, current }: { siblings: SectionView[]; current: SectionView }) => {
  const { source } = useResults();
  const locale = useResultsLocale();
  const navigate = useNavigate();
  const go = (section: string) => {
    const { search, ...target } = source.at({ kind: 'tool', tool: current.tool.id, section });
    void navigate({ ...target, search: locale === 'en' ? search : { ...search, lang: locale }, replace: true, resetScroll: false } as never);
  };
  return (
    <div className={`${css.switch} no-print`}>
      <SegmentedControl aria-label={said('label.section')} value={current.wording.id} onChange={go} data={siblings.map(({ wording }) => ({ value: wording.id, label: wording.title }))} />
    </div>
  );
};
