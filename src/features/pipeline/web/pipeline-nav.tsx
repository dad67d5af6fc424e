import { Link } from '@tanstack/react-router';
import type { PipelineAction } from '../policy';
import css from './pipeline.module.css';
import { t } from './text';
import { useRight } from './use-right';

const pages: readonly { key: 'leads' | 'mine' | 'handoffs' | 'setup' | 'connections'; to: string; who: PipelineAction }[] = [
  { key: 'leads', to: '/w/$workspace/pipeline', who: 'dashboard:read' },
  { key: 'mine', to: '/w/$workspace/pipeline/mine', who: 'leads:read' },
  { key: 'handoffs', to: '/w/$workspace/pipeline/handoffs', who: 'leads:read' },
  { key: 'setup', to: '/w/$workspace/pipeline/setup', who: 'dashboard:read' },
  { key: 'connections', to: '/w/$workspace/pipeline/connections', who: 'pipeline:setup' },
];

/** On a phone the row scrolls; the page one is on must be in it. */
const intoView = (link: HTMLAnchorElement | null): void => {
  if (link?.dataset['status'] === 'active') link.scrollIntoView({ block: 'nearest', inline: 'nearest' });
};

/** The pages about the shared pipeline, beside each other. */
export const PipelineNav = ({ workspace }: { workspace: string }) => {
  const rights = { 'dashboard:read': useRight(workspace, 'dashboard:read'), 'leads:read': useRight(workspace, 'leads:read'), 'pipeline:setup': useRight(workspace, 'pipeline:setup') } as Partial<Record<PipelineAction, boolean>>;
  return (
    <nav className={css.subnav} aria-label={t('nav.label')}>
      {pages.filter((page) => rights[page.who]).map((page) => <Link key={page.key} to={page.to as never} params={{ workspace } as never} activeOptions={{ exact: true, includeSearch: false }} ref={intoView}>{t(`nav.${page.key}`)}</Link>)}
    </nav>
  );
};
