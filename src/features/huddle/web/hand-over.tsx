import { Button, Select } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { CAUSES, type Cause } from '../../../lib/vocabulary';
import { FaultLine } from '../../../ui/page';
import { say } from '../../../ui/notify';
import { huddleCalls, huddleClient, type Record_ } from './calls';
import css from './huddle.module.css';
import { t } from './text';

/** Each disconnect is laid to one of the five root causes by a person, and goes into the programme with its actions. */
export const HandOver = ({ workspace, record }: { workspace: string; record: Record_ }) => {
  const queries = useQueryClient();
  const [causes, setCauses] = useState<Partial<Record<string, Cause>>>({});
  const chosen = record.disconnects.flatMap(({ id }) => { const cause = causes[id]; return cause ? [{ disconnect: id, cause }] : []; });
  const hand = useMutation({
    mutationFn: () => huddleClient.handOver({ workspace, id: record.id, disconnects: chosen }),
    onSuccess: async ({ problems }) => { say(t('handOver.done', { count: problems })); await queries.invalidateQueries({ queryKey: huddleCalls.key() }); },
  });
  return (
    <section className={`${css.part} no-print`} aria-labelledby="hand-over">
      <h2 id="hand-over" className="lead">{t('handOver.title')}</h2>
      <p className="meta">{t('handOver.text')}</p>
      {record.disconnects.map(({ id, text }) => <Select key={id} label={<span data-user-text>{text}</span>} placeholder={t('handOver.none')} clearable clearButtonProps={{ 'aria-label': t('clear') }} value={causes[id] ?? null} data={CAUSES.map((cause) => ({ value: cause, label: t(`cause.${cause}`) }))} onChange={(value) => setCauses((before) => ({ ...before, [id]: CAUSES.find((cause) => cause === value) }))} />)}
      <FaultLine error={hand.error} />
      <Button style={{ alignSelf: 'flex-start' }} disabled={chosen.length === 0} loading={hand.isPending} onClick={() => hand.mutate()}>{t('handOver.button', { count: chosen.length })}</Button>
    </section>
  );
};
