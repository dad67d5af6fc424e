import { Button, Group } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { savingFailed } from './fault-words';
import messages from './messages.en.json';
import { texts } from './texts';

const t = texts(messages);

/** Says that something happened; with `undo` it can be taken back for ten seconds. An `undo` that ends with false has said itself why nothing was taken back. */
export const say = (message: string, undo?: () => Promise<unknown>): void => {
  const id = crypto.getRandomValues(new Uint32Array(1)).join();
  const back = async () => {
    notifications.hide(id);
    await undo?.().then((done) => done !== false && say(t('undone')), sayFault);
  };
  notifications.show({
    id, withBorder: true, closeButtonProps: { 'aria-label': t('close') }, autoClose: undo ? 10_000 : 4_000, color: 'ink',
    message: undo ? <Group justify="space-between" wrap="nowrap"><span>{message}</span><Button size="compact-sm" variant="default" onClick={() => void back()}>{t('undo')}</Button></Group> : message,
  });
};

/** Says what did not work and what to do. */
export const sayFault = (error: unknown): void =>
  void notifications.show({ withBorder: true, closeButtonProps: { 'aria-label': t('close') }, autoClose: 10_000, color: 'ink', title: t('error.title'), message: savingFailed(error) });
