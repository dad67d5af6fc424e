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

/** On a phone the row scrolls; the page one is on must be in it. */
const intoView = (link: HTMLAnchorElement | null): void => {
  if (link?.dataset['status'] === 'active') link.scrollIntoView({ block: 'nearest', inline: 'center' });
};

/** The pages about people, beside each other. */
export const PeopleNav = ({ workspace, editor }: { workspace: string; editor: boolean }) => (
  <nav className={css.subnav} aria-label={t('nav.label')}>
    {pages
      .filter((page) => editor || page.key === 'list' || page.key === 'departments' || page.key === 'levels')
      .map((page) => <Link key={page.key} to={page.to} params={{ workspace }} activeOptions={{ exact: true, includeSearch: false }} ref={intoView}>{t(`nav.${page.key}`)}</Link>)}
  </nav>
);
