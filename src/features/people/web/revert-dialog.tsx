import { Button, Modal, Stack } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { FaultLine } from '../../../ui/page';
import { peopleCalls } from './calls';
import css from './people.module.css';
import { t } from './text';
import { useChanged } from './use-changed';

/** Asks once, then says what happened to everyone. */
export const RevertDialog = ({ workspace, changeSet, onClose }: { workspace: string; changeSet: { id: string; people: number } | null; onClose: () => void }) => {
  const changed = useChanged(workspace);
  const revert = useMutation(peopleCalls.revert.mutationOptions({ onSuccess: changed.reload }));
  const close = () => {
    revert.reset();
    onClose();
  };
  return (
    <Modal opened={changeSet !== null} onClose={close} title={t('revert.ask')}>
      <Stack gap="md">
        {revert.data ? (
          <>
            <p style={{ margin: 0 }} role="status">{t('revert.done', { removed: revert.data.removed, restored: revert.data.restored })}</p>
            {revert.data.kept.length > 0 && (
              <div>
                <p style={{ margin: '0 0 4px' }}>{t('revert.kept', { count: revert.data.kept.length })}</p>
                <ul className={css.notes}>{revert.data.kept.map((entry) => <li key={entry.id}>{entry.name || entry.id} — {t(`revert.${entry.reason}`)}</li>)}</ul>
              </div>
            )}
            <Button variant="default" onClick={close}>{t('nav.list')}</Button>
          </>
        ) : (
          <>
            <p style={{ margin: 0 }}>{t('revert.ask.text', { people: changeSet?.people ?? 0 })}</p>
            <FaultLine error={revert.error} />
            <Button loading={revert.isPending} onClick={() => changeSet && revert.mutate({ workspace, id: changeSet.id })}>{t('changes.revert')}</Button>
          </>
        )}
      </Stack>
    </Modal>
  );
};
