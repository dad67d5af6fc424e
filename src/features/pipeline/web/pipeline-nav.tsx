import { Link } from '@tanstack/react-router';
import css from './pipeline.module.css';
import { t } from './text';

const pages = [
  { key: 'leads', to: '/w/$workspace/pipeline' },
  { key: 'mine', to: '/w/$workspace/pipeline/mine' },
  { key: 'handoffs', to: '/w/$workspace/pipeline/handoffs' },
] as const;

/** The pages about the shared pipeline, beside each other. */
export const PipelineNav = ({ workspace }: { workspace: string }) => (
  <nav className={css.subnav} aria-label={t('nav.label')}>
    {pages.map((page) => <Link key={page.key} to={page.to} params={{ workspace }} activeOptions={{ exact: true, includeSearch: false }}>{t(`nav.${page.key}`)}</Link>)}
  </nav>
);
