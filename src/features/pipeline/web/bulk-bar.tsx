import { Button, Menu } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { OptedOut } from '../../customers/web/public';
import { pipelineCalls, pipelineClient, type Lead, type Pipeline } from './calls';
import { useMove } from './move-dialog';
import css from './pipeline.module.css';
import { countText, t } from './text';
import { useAct } from './use-acts';

/** What can be done with the chosen leads; each act can be taken back. */
export const BulkBar = ({ workspace, pipeline, leads, onClear }: { workspace: string; pipeline: Pipeline; leads: Lead[]; onClear: () => void }) => {
  const moving = useMove(workspace, pipeline, onClear);
  const people = useQuery(pipelineCalls.salesPeople.queryOptions({ input: { workspace } }));
  const offer = useAct(workspace, async (to: { id: string; name: string } | null) => {
    const { act, offered } = await pipelineClient.offer({ workspace, ids: leads.map((lead) => lead.id), toPersonId: to?.id ?? null });
    return { act, said: to ? t('offered.to', { n: offered, count: countText(offered), name: to.name }) : t('offered', { n: offered, count: countText(offered) }) };
  }, onClear);
  const out = leads.filter((lead) => lead.optedOut).length;
  const label = t('bulk.chosen', { n: leads.length, count: countText(leads.length) });
  return (
    <div className={css.bulk} role="region" aria-label={label}>
      <strong>{label}</strong>
      {out > 0 && <span>{t('bulk.out', { count: countText(out) })} <OptedOut /></span>}
      <Menu position="top-start">
        <Menu.Target><Button variant="default" loading={moving.busy}>{t('bulk.move')}</Button></Menu.Target>
        <Menu.Dropdown>{pipeline.stages.map((stage) => <Menu.Item key={stage.id} onClick={() => moving.move({ leads, to: stage })}>{stage.name}</Menu.Item>)}</Menu.Dropdown>
      </Menu>
      <Menu position="top-start">
        <Menu.Target><Button variant="default" loading={offer.isPending}>{t('bulk.offer')}</Button></Menu.Target>
        <Menu.Dropdown mah={320} style={{ overflowY: 'auto' }}>
          <Menu.Item onClick={() => offer.mutate(null)}>{t('bulk.anybody')}</Menu.Item>
          {(people.data ?? []).map((person) => <Menu.Item key={person.id} onClick={() => offer.mutate(person)}>{person.name}</Menu.Item>)}
        </Menu.Dropdown>
      </Menu>
      <Button variant="subtle" color="ink" onClick={onClear}>{t('bulk.clear')}</Button>
      {moving.dialog}
    </div>
  );
};
