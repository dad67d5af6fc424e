import { Button, Drawer, Select, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { createFileRoute, Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { Answered, EmptyState, FaultLine, Page } from '../../../../ui/page';
import { dayText } from '../../../../ui/when';
import { ANONYMITY, type Anonymity } from '../../domain/operation';
import { huddleCalls, huddleClient, type Listed } from '../calls';
import css from '../huddle.module.css';
import { NextHuddle } from '../next';
import { minutesText, t } from '../text';

export const Route = createFileRoute('/w/$workspace/huddles/')({ component: Huddles });

function Huddles() {
  const { workspace } = Route.useParams();
  const [planning, setPlanning] = useState(false);
  const list = useQuery(huddleCalls.list.queryOptions({ input: { workspace } }));
  const next = useQuery({ ...huddleCalls.next.queryOptions({ input: { workspace } }), enabled: list.data?.mayRun === true });
  const plan = list.data?.mayRun ? <Button variant={next.data ? 'default' : 'filled'} onClick={() => setPlanning(true)}>{t('plan.new')}</Button> : undefined;
  return (
    <Page title={list.data ? t('list.title', { count: list.data.huddles.length }) : t('title')} tab={t('title')} source={t('list.source')} actions={list.data && list.data.huddles.length > 0 ? plan : undefined}>
      {next.data && <NextHuddle workspace={workspace} proposed={next.data} />}
      <Answered query={list}>
        {({ huddles }) => huddles.length === 0 ? <EmptyState title={t('list.empty')} action={plan}>{t('list.empty.text')}</EmptyState> : (
          <ul className={css.list}>
            {inFamilies(huddles).map((each) => (
              <li key={each.id} data-under={each.parent !== null || undefined}>
                <span><Link to={each.phase === 'finished' || !list.data?.mayRun ? '/w/$workspace/huddles/$huddle/record' : '/w/$workspace/huddles/$huddle'} params={{ workspace, huddle: each.id }} data-user-text>{each.name}</Link>{huddles.some(({ parent }) => parent === each.id) && <> <Link className="meta" to="/w/$workspace/huddles/$huddle/regions" params={{ workspace, huddle: each.id }}>{t('regions.link')}</Link></>}</span>
                <span className="meta">{[t(`phase.${each.phase}`), each.rehearsal ? t('plan.rehearsal') : '', each.parent ? t('plan.regional') : ''].filter(Boolean).join(' · ')}</span>
                <span className="meta"><time dateTime={each.startsAt ?? each.createdAt}>{dayText(each.startsAt ?? each.createdAt)}</time>{' · '}{minutesText(each.minutes)}</span>
              </li>
            ))}
          </ul>
        )}
      </Answered>
      <Drawer opened={planning} onClose={() => setPlanning(false)} position="right" title={t('plan.new')} closeButtonProps={{ 'aria-label': t('close') }}><PlanForm workspace={workspace} others={list.data?.huddles.filter(({ parent }) => parent === null) ?? []} /></Drawer>
    </Page>
  );
}

/** Regional Huddles under the one they belong to. */
const inFamilies = (huddles: readonly Listed[]): Listed[] => {
  const known = new Set(huddles.map(({ id }) => id));
  return huddles.filter(({ parent }) => parent === null || !known.has(parent)).flatMap((each) => [each, ...huddles.filter(({ parent }) => parent === each.id)]);
};

const LENGTHS = ['', '480', '360', '240', '180'] as const;

const PlanForm = ({ workspace, others }: { workspace: string; others: { id: string; name: string }[] }) => {
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [name, setName] = useState('');
  const [length, setLength] = useState('');
  const [starts, setStarts] = useState('');
  const [anonymity, setAnonymity] = useState<Anonymity>('nobody');
  const [parent, setParent] = useState<string | null>(null);
  const [rehearsal, setRehearsal] = useState(false);
  const create = useMutation({
    mutationFn: () => huddleClient.create({ workspace, name, minutes: length === '' ? null : Number(length), startsAt: starts ? new Date(starts).toISOString() : null, anonymity, rehearsal, parent }),
    onSuccess: async ({ id }) => { await queries.invalidateQueries({ queryKey: huddleCalls.key() }); await navigate({ to: '/w/$workspace/huddles/$huddle', params: { workspace, huddle: id } }); },
  });
  return (
    <form className={css.stack} onSubmit={(event) => { event.preventDefault(); create.mutate(); }}>
      <TextInput label={t('settings.name')} required maxLength={200} value={name} onChange={(event) => setName(event.currentTarget.value)} data-autofocus />
      <TextInput type="datetime-local" label={t('plan.starts')} value={starts} onChange={(event) => setStarts(event.currentTarget.value)} />
      <Select label={t('plan.length')} allowDeselect={false} value={length} data={LENGTHS.map((each) => ({ value: each, label: each === '' ? t('plan.whole') : t('plan.within', { time: minutesText(Number(each)) }) }))} onChange={(value) => setLength(value ?? '')} />
      <Select label={t('settings.anonymity')} description={t('settings.anonymity.text')} allowDeselect={false} value={anonymity} data={ANONYMITY.map((each) => ({ value: each, label: t(`anonymity.${each}`) }))} onChange={(value) => setAnonymity(ANONYMITY.find((each) => each === value) ?? 'nobody')} />
      {others.length > 0 && <Select label={t('plan.parent')} description={t('plan.parent.text')} clearable clearButtonProps={{ 'aria-label': t('clear') }} value={parent} data={others.map((each) => ({ value: each.id, label: each.name }))} onChange={setParent} />}
      <Select label={t('plan.kind')} allowDeselect={false} value={String(rehearsal)} data={[{ value: 'false', label: t('plan.real') }, { value: 'true', label: t('plan.rehearsal') }]} onChange={(value) => setRehearsal(value === 'true')} />
      <FaultLine error={create.error} />
      <Button type="submit" loading={create.isPending} disabled={name.trim() === ''}>{t('plan.button')}</Button>
    </form>
  );
};
