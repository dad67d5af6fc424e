import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { Facets } from './calls';
import css from './people.module.css';
import type { Missing } from './search';
import { t } from './text';

/** What keeps people from being asked or grouped, each with the one step that mends it. */
export const Gaps = ({ workspace, facets, editor, onShow }: { workspace: string; facets: Facets; editor: boolean; onShow: (missing: Missing) => void }) => {
  const { missing } = facets;
  const gaps = [
    { key: 'function' as const, count: missing.function, to: `/w/${workspace}/people/departments` },
    { key: 'level' as const, count: Math.max(0, missing.level - missing.function), to: `/w/${workspace}/people/levels` },
    { key: 'territory' as const, count: facets.sites.length > 0 || facets.territories.length > 0 ? missing.territory : 0, to: `/w/${workspace}/people/departments` },
  ].filter((gap) => gap.count > 0);
  if (gaps.length === 0 || !editor) return null;
  return (
    <ul className={css.gaps}>
      {gaps.map((gap) => (
        <li key={gap.key}>
          <span>{t(`gap.${gap.key}`, { count: gap.count })}</span>
          <Button size="compact-sm" variant="subtle" color="ink" onClick={() => onShow(gap.key)}>{t('gap.show')}</Button>
          <Button size="compact-sm" variant="default" component={Link} to={gap.to}>{t(`gap.${gap.key}.do`)}</Button>
        </li>
      ))}
    </ul>
  );
};
