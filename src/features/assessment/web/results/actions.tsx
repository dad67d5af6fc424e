import { Button, NativeSelect, Popover } from '@mantine/core';
import { IconChevronDown, IconDownload } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Locale } from '../../../../lib/vocabulary';
import { LOCALES } from '../../../../lib/vocabulary';
import { workspaceCalls } from '../../../workspace/web/public';
import { can, canPublish, seesFirst } from '../../policy';
import { assessmentCalls } from '../calls';
import { useResultsLocale } from './context';
import { LANGUAGE_NAMES } from './languages';
import { NextWave } from './next-wave';
import css from './results.module.css';
import { Sharing } from './sharing';
import { t } from './text';

/** Sheets and slides of one closed wave. */
const FORMATS = ['pdf', 'pptx', 'xlsx', 'csv', 'board-pdf', 'board-pptx'] as const;

export const reportAddress = (workspace: string, wave: string, format: (typeof FORMATS)[number], locale: Locale): string =>
  `/api/workspaces/${workspace}/waves/${wave}/report/${format}?locale=${locale}`;

/** What may be done with a closed wave: take it along, open it to others, ask again. */
export const WaveActions = ({ workspace, wave: id }: { workspace: string; wave: string }) => {
  const wave = useQuery(assessmentCalls.wave.queryOptions({ input: { workspace, wave: id } }));
  const here = useQuery(workspaceCalls.read.queryOptions({ input: { workspace } }));
  if (!wave.data || !here.data) return null;
  const { me } = here.data;
  // The server has the last word: owners and admins may publish only where nobody else could.
  const mayPublish = canPublish(me, wave.data, seesFirst(me));
  return (
    <>
      {can(me, 'wave:manage') && <NextWave workspace={workspace} wave={wave.data} />}
      {mayPublish && <Sharing workspace={workspace} wave={wave.data} />}
      <ExportMenu workspace={workspace} wave={id} />
    </>
  );
};

/** Files in a language of the reader's choice; each passes the same gate as this page. */
const ExportMenu = ({ workspace, wave }: { workspace: string; wave: string }) => {
  const shown = useResultsLocale();
  const [chosen, setChosen] = useState<Locale | null>(null);
  const locale = chosen ?? shown;
  return (
    <Popover position="bottom-end" width={280} trapFocus returnFocus onClose={() => setChosen(null)}>
      <Popover.Target><Button leftSection={<IconDownload size={16} aria-hidden="true" />} rightSection={<IconChevronDown size={14} aria-hidden="true" />}>{t('export.button')}</Button></Popover.Target>
      <Popover.Dropdown aria-label={t('export.button')}>
        <NativeSelect label={t('export.language')} value={locale} data={LOCALES.map((value) => ({ value, label: LANGUAGE_NAMES[value] }))} onChange={(event) => setChosen(LOCALES.find((value) => value === event.currentTarget.value) ?? 'en')} />
        <ul className={css.exports}>{FORMATS.map((format) => <li key={format}><a href={reportAddress(workspace, wave, format, locale)} download>{t(`export.${format}`)}</a></li>)}</ul>
      </Popover.Dropdown>
    </Popover>
  );
};
