import { t } from './text';

export { workspaceCalls, workspaceClient } from './calls';

/** Names of the settings pages, for ⌘K. */
export const settingNames = {
  general: t('settings.general'), members: t('settings.members'), tokens: t('settings.tokens'), outbox: t('settings.outbox'), audit: t('settings.audit'),
};
