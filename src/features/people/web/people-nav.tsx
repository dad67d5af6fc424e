import { Link } from '@tanstack/react-router';
import css from './people.module.css';
import { t } from './text';

const pages = [
  { key: 'list', to: '/w/$workspace/people' },
  { key: 'departments', to: '/w/$workspace/people/departments' },
  { key: 'levels', to: '/w/$workspace/people/levels' },
  { key: 'import', to: '/w/$workspace/people/import' },
  { key: 'changes', to: '/w/$workspace/people/changes' },
] as const;

/** The pages about people, beside each other. */
export const PeopleNav = ({ workspace, editor }: { workspace: string; editor: boolean }) => (
  <nav className={css.subnav} aria-label={t('nav.label')}>
    {pages
      .filter((page) => editor || page.key === 'list' || page.key === 'departments' || page.key === 'levels')
      .map((page) => <Link key={page.key} to={page.to} params={{ workspace }} activeOptions={{ exact: true, includeSearch: false }}>{t(`nav.${page.key}`)}</Link>)}
  </nav>
);
