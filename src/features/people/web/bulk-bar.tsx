import { Autocomplete, Button, Menu, Popover } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { FUNCTIONS, LEVELS } from '../../../lib/vocabulary';
import { FunctionLabel } from '../../../ui/function-mark';
import { sayFault } from '../../../ui/notify';
import { peopleCalls, type Facets } from './calls';
import css from './people.module.css';
import { levelText, t } from './text';
import { useChanged } from './use-changed';

/** What can be done with everyone chosen; each act can be taken back. */
export const BulkBar = ({ workspace, ids, facets, archived, onClear }: { workspace: string; ids: string[]; facets: Facets; archived: boolean; onClear: () => void }) => {
  const changed = useChanged(workspace);
  const act = useMutation(peopleCalls.bulk.mutationOptions({
    onSuccess: async (result) => {
      onClear();
      await changed.told(t('bulk.done', { count: result.changed }), result.changeSet);
    },
    onError: sayFault,
  }));
  const [territory, setTerritory] = useState('');
  return (
    <div className={css.bulk} role="region" aria-label={t('bulk.chosen', { count: ids.length })}>
      <strong>{t('bulk.chosen', { count: ids.length })}</strong>
      <Menu position="top-start">
        <Menu.Target><Button variant="default" loading={act.isPending}>{t('bulk.function')}</Button></Menu.Target>
        <Menu.Dropdown>
          {FUNCTIONS.map((fn) => <Menu.Item key={fn} onClick={() => act.mutate({ workspace, ids, set: { function: fn } })}><FunctionLabel fn={fn} /></Menu.Item>)}
          <Menu.Item onClick={() => act.mutate({ workspace, ids, set: { function: null } })}>{t('value.none')}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Menu position="top-start">
        <Menu.Target><Button variant="default">{t('bulk.level')}</Button></Menu.Target>
        <Menu.Dropdown>{LEVELS.map((level) => <Menu.Item key={level} onClick={() => act.mutate({ workspace, ids, set: { level } })}>{levelText(level)}</Menu.Item>)}</Menu.Dropdown>
      </Menu>
      <Popover position="top-start" withArrow trapFocus>
        <Popover.Target><Button variant="default">{t('bulk.territory')}</Button></Popover.Target>
        <Popover.Dropdown>
          <form style={{ display: 'flex', gap: 8 }} onSubmit={(event) => { event.preventDefault(); act.mutate({ workspace, ids, set: { territory: territory.trim() || null } }); }}>
            <Autocomplete aria-label={t('field.territory')} placeholder={t('sites.placeholder')} data={facets.territories.map(({ label }) => label)} value={territory} onChange={setTerritory} comboboxProps={{ withinPortal: false }} maxLength={120} />
            <Button type="submit">{t('bulk.territory.apply')}</Button>
          </form>
        </Popover.Dropdown>
      </Popover>
      <Button variant="default" onClick={() => act.mutate({ workspace, ids, archive: !archived })}>{archived ? t('bulk.restore') : t('bulk.archive')}</Button>
      <Button variant="subtle" color="ink" onClick={onClear}>{t('bulk.clear')}</Button>
    </div>
  );
};
