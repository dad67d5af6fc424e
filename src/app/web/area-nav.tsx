import { Link, useLocation } from '@tanstack/react-router';
import css from './shell.module.css';
import { t } from './text';
import { improvePages, isImprove, isUnderstand, isWork, standsUnder, understandPages, workPages } from './area-pages';

/** On a phone the row scrolls; the page one is on must be in it. */
const intoView = (link: HTMLAnchorElement | null): void => {
  if (link?.dataset['status'] === 'active') link.scrollIntoView({ block: 'nearest', inline: 'center' });
};

/** The pages of an area beside each other, above whichever of them is open; readers who see one page alone see no row. */
export const AreaNav = ({ workspace, alone }: { workspace: string; /** Of Understand, only the surveys are open to this reader. */ alone: boolean }) => {
  const { pathname } = useLocation();
  if (isWork(pathname))
    return (
      <nav className={`${css.area} no-print`} aria-label={t('nav.work')}>
        {workPages.map(({ key, to, exact }) => (
          <Link key={key} to={to as never} params={{ workspace } as never} activeOptions={{ exact, includeSearch: false }} ref={intoView} {...(key === standsUnder(pathname) ? { 'data-status': 'active' } : {})}>{t(`work.${key}`)}</Link>
        ))}
      </nav>
    );
  if (isImprove(pathname) && !alone)
    return (
      <nav className={`${css.area} no-print`} aria-label={t('nav.improve')}>
        {improvePages.map(({ key, to, exact }) => <Link key={key} to={to as never} params={{ workspace } as never} activeOptions={{ exact, includeSearch: false }} ref={intoView}>{t(`improve.${key}`)}</Link>)}
      </nav>
    );
  if (!isUnderstand(pathname) || alone) return null;
  return (
    <nav className={`${css.area} no-print`} aria-label={t('nav.understand')}>
      {understandPages.map(({ key, to, exact }) => <Link key={key} to={to as never} params={{ workspace } as never} activeOptions={{ exact, includeSearch: false }}>{t(`understand.${key}`)}</Link>)}
    </nav>
  );
};
