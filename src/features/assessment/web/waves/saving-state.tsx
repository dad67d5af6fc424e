import { Button } from '@mantine/core';
import { FaultLine } from '../../../../ui/page';
import { t } from './text';
import type { Draft } from './use-draft';
import css from './waves.module.css';

/** Whether what one sees is on the server; if not, why, and what to do. */
export const SavingState = ({ draft }: { draft: Draft }) => {
  if (draft.saving === 'conflict')
    return (
      <div className={css.section} role="alert">
        <span className={css.problem}>{t('saving.conflict')}</span>
        <div className={css.buttons}>
          <Button size="compact-sm" variant="default" onClick={() => void draft.keepMine()}>{t('saving.mine')}</Button>
          <Button size="compact-sm" variant="default" onClick={() => void draft.takeTheirs()}>{t('saving.theirs')}</Button>
        </div>
      </div>
    );
  if (draft.saving === 'failed')
    return (
      <div className={css.section}>
        <FaultLine error={draft.fault} />
        <div className={css.buttons}><Button size="compact-sm" variant="default" onClick={() => void draft.flush()}>{t('saving.again')}</Button></div>
      </div>
    );
  return <span className={css.saving} role="status">{draft.saving === 'saved' ? t('saving.saved') : t('saving.busy')}</span>;
};
