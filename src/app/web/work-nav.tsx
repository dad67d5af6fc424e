import { Link, useLocation } from '@tanstack/react-router';
import css from './shell.module.css';
import { t } from './text';
import { isWork, standsUnder, workPages } from './work-pages';

/** On a phone the row scrolls; the page one is on must be in it. */
const intoView = (link: HTMLAnchorElement | null): void => {
  if (link?.dataset['status'] === 'active') link.scrollIntoView({ block: 'nearest', inline: 'center' });
};

/** The pages of Work beside each other, above whichever of them is open. */
export const WorkNav = ({ workspace }: { workspace: string }) => {
  const { pathname } = useLocation();
  if (!isWork(pathname)) return null;
  return (
    <nav className={`${css.area} no-print`} aria-label={t('nav.work')}>
      {workPages.map(({ key, to, exact }) => (
        <Link key={key} to={to as never} params={{ workspace } as never} activeOptions={{ exact, includeSearch: false }} ref={intoView} {...(key === standsUnder(pathname) ? { 'data-status': 'active' } : {})}>{t(`work.${key}`)}</Link>
      ))}
    </nav>
  );
};
