import { Button, Menu } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { createFileRoute, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { sayFault } from '../../../../ui/notify';
import { Answered, Page } from '../../../../ui/page';
import { PastDay } from '../../../../ui/past-day';
import { dayText } from '../../../../ui/when';
import type { DisputedRow } from '../../domain/reconcile';
import { pipelineCalls, pipelineClient, type TwoCountsAnswer } from '../calls';
import { Bridge } from '../two-counts/bridge';
import { Controls } from '../two-counts/controls';
import { Empty } from '../two-counts/empty';
import { Gaps } from '../two-counts/gaps';
import { Panels } from '../two-counts/panels';
import { RowDrawer } from '../two-counts/row-drawer';
import { asInput, readSearch, type CountSearch } from '../two-counts/search';
import { t } from '../two-counts/text';

export const Route = createFileRoute('/w/$workspace/pipeline/two-counts')({ component: TwoCounts, validateSearch: readSearch });

/** While records are being matched the figures change. */
const MATCHING_MS = 3_000;

function TwoCounts() {
  const { workspace } = Route.useParams();
  const search = Route.useSearch();
  const navigate = useNavigate();
  const counts = useQuery({ ...pipelineCalls.twoCounts.queryOptions({ input: { workspace, ...asInput(search) } }), placeholderData: keepPreviousData, refetchInterval: ({ state }) => (state.data?.matching ? MATCHING_MS : false) });
  const go = (change: CountSearch) => void navigate({ to: '/w/$workspace/pipeline/two-counts', params: { workspace }, search: { ...search, ...change }, replace: true });
  return <Answered query={counts} rows={9}>{(counted) => <Counted workspace={workspace} counted={counted} search={search} go={go} />}</Answered>;
}

/** Nothing to compare until both sides' systems have records. */
const bothHere = ({ sources }: TwoCountsAnswer): boolean => (['marketing', 'sales'] as const).every((side) => sources.some((source) => source.side === side && source.records > 0));

/** What files and matches there are is of today: a page of a past day does not say it. */
const sourceLine = ({ period, sources, pairsToReview, matching, asOf }: TwoCountsAnswer): string => [
  period.first && period.last ? t('source.period', { from: dayText(period.first), to: dayText(period.last) }) : t('source.none'),
  ...(asOf ? [] : sources).map(({ name, lastImportAt }) => (lastImportAt ? t('source.import', { name, date: dayText(lastImportAt) }) : t('source.never', { name }))),
  ...(asOf ? [] : matching ? [t('source.matching')] : pairsToReview > 0 ? [t('source.pairs', { pairs: pairsToReview })] : []),
].join(' · ');

const Counted = ({ workspace, counted, search, go }: { workspace: string; counted: TwoCountsAnswer; search: CountSearch; go: (change: CountSearch) => void }) => {
  const [open, setOpen] = useState<DisputedRow | null>(null);
  if (!bothHere(counted)) return <Page title={t('title.empty')} tab={t('tab')}><Empty workspace={workspace} counted={counted} /></Page>;
  return (
    <Page title={t(`title.${counted.rule}`, { passed: counted.passed, worked: counted.worked })} tab={t('tab')} source={sourceLine(counted)} actions={<Export workspace={workspace} search={search} />}>
      {counted.asOf && <PastDay day={counted.asOf} onBack={() => go({ asOf: undefined })}>{t('asOf.means')}</PastDay>}
      <Controls workspace={workspace} counted={counted} search={search} go={go} />
      <Bridge counted={counted} onOpen={setOpen} />
      <Gaps counted={counted} />
      {!counted.asOf && <Panels workspace={workspace} counted={counted} onOpen={setOpen} />}
      <RowDrawer workspace={workspace} row={open} counted={counted} search={search} onClose={() => setOpen(null)} />
    </Page>
  );
};

const download = async (workspace: string, search: CountSearch, format: 'pptx' | 'csv'): Promise<void> => {
  const file = await pipelineClient.twoCountsFile({ workspace, ...asInput(search), format });
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = file.name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
};

const Export = ({ workspace, search }: { workspace: string; search: CountSearch }) => (
  <Menu position="bottom-end">
    <Menu.Target><Button variant="default" rightSection={<IconChevronDown size={14} />}>{t('export')}</Button></Menu.Target>
    <Menu.Dropdown>
      <Menu.Item onClick={() => void download(workspace, search, 'pptx').catch(sayFault)}>{t('export.slide')}</Menu.Item>
      <Menu.Item onClick={() => void download(workspace, search, 'csv').catch(sayFault)}>{t('export.csv')}</Menu.Item>
    </Menu.Dropdown>
  </Menu>
);
