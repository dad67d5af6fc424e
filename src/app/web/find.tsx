import { Spotlight, spotlight } from '@mantine/spotlight';
import '@mantine/spotlight/styles.layer.css';
import { useNavigate } from '@tanstack/react-router';
import { entries } from './navigation';
import { t } from './text';

export const openFind = () => spotlight.open();

const settings = ['general', 'members', 'tokens', 'outbox', 'audit'] as const;

/** ⌘K: every page by name; people and assessments are found on their own pages' search. */
export const Find = ({ workspace, settingNames }: { workspace: string; settingNames: Record<(typeof settings)[number], string> }) => {
  const navigate = useNavigate();
  const pages = [
    ...entries.map((entry) => ({ id: entry.key, label: t(`nav.${entry.key}`), to: entry.to.replace('$workspace', workspace) })),
    ...settings.map((key) => ({ id: key, label: `${t('nav.settings')} · ${settingNames[key]}`, to: `/w/${workspace}/settings${key === 'general' ? '' : `/${key}`}` })),
  ];
  return (
    <Spotlight
      shortcut={['mod + K', '/']}
      nothingFound={t('find.nothing')}
      searchProps={{ placeholder: t('find.placeholder'), 'aria-label': t('find.placeholder') }}
      actions={[{ group: t('find.pages'), actions: pages.map((page) => ({ id: page.id, label: page.label, onClick: () => void navigate({ href: page.to }) })) }]}
    />
  );
};
