import { Button, Group, Modal, Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import messages from './messages.en.json';
import { FaultLine } from './page';
import { texts } from './texts';

const t = texts(messages);

type Props = { opened: boolean; title: string; children: ReactNode; button: string; busy: boolean; error: unknown; onConfirm: () => void; onClose: () => void };

/** Asks once before what cannot be undone, and names what ends. */
export const Confirm = ({ opened, title, children, button, busy, error, onConfirm, onClose }: Props) => (
  <Modal opened={opened} onClose={onClose} title={title} closeButtonProps={{ 'aria-label': t('close') }}>
    <Stack gap="lg">
      <div>{children}</div>
      <FaultLine error={error} />
      <Group justify="flex-end" gap="sm">
        <Button variant="default" onClick={onClose} data-autofocus>{t('cancel')}</Button>
        <Button onClick={onConfirm} loading={busy}>{button}</Button>
      </Group>
    </Stack>
  </Modal>
);
