import { Button, CopyButton, Group, TextInput } from '@mantine/core';
import messages from './messages.en.json';
import { texts } from './texts';

const t = texts(messages);

/** A link or secret to hand over, selectable and copied by one click. */
export const CopyField = ({ label, value, description }: { label: string; value: string; description?: string }) => (
  <Group align="flex-end" gap="sm" wrap="nowrap">
    <TextInput label={label} description={description} value={value} readOnly onFocus={(event) => event.currentTarget.select()} style={{ flex: 1, minWidth: 0 }} />
    <CopyButton value={value}>{({ copied, copy }) => <Button variant="default" onClick={copy}>{copied ? t('copied') : t('copy')}</Button>}</CopyButton>
  </Group>
);
