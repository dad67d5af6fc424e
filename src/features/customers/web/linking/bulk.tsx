import { Button, SegmentedControl } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Confirm } from '../../../../ui/confirm';
import { customersCalls, customersClient } from '../calls';
import { l } from './text';
import type { useDecide } from './use-decide';

const FROM = [0.8, 0.9, 0.95, 0.99] as const;

/** Links every waiting pair that is likely enough, after saying how many that are. */
export const Bulk = ({ workspace, acrossSides, act }: { workspace: string; acrossSides: boolean; act: ReturnType<typeof useDecide>['act'] }) => {
  const [opened, setOpened] = useState(false);
  const [above, setAbove] = useState('0.99');
  const [busy, setBusy] = useState(false);
  const found = useQuery({ ...customersCalls.links.queryOptions({ input: { workspace, acrossSides, above: Number(above), limit: 1 } }), enabled: opened });
  const count = found.data?.total ?? 0;
  const link = async () => {
    setBusy(true);
    await act(() => customersClient.acceptLinks({ workspace, above: Number(above), acrossSides }), ({ before, left }) => l('review.bulk.done', { count: before.length, left }));
    setBusy(false);
    setOpened(false);
  };
  return (
    <>
      <Button variant="default" onClick={() => setOpened(true)}>{l('review.bulk')}</Button>
      <Confirm opened={opened} title={l('review.bulk.title')} button={l('review.bulk.do', { count: Math.min(count, 1_000) })} busy={busy || found.isPending} error={found.error} onConfirm={() => (count > 0 ? void link() : setOpened(false))} onClose={() => setOpened(false)}>
        <SegmentedControl aria-label={l('review.bulk.from')} value={above} onChange={setAbove} data={FROM.map((value) => ({ value: String(value), label: `${value * 100}%` }))} />
        <p>{l('review.bulk.text', { count })}</p>
      </Confirm>
    </>
  );
};
