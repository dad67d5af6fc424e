import { Button, Checkbox, Select, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import { FUNCTIONS, LEVELS } from '../../../lib/vocabulary';
import type { Facets } from './calls';
import css from './people.module.css';
import type { PeopleSearch } from './search';
import { functionText, levelText, t } from './text';

const ALL = '';

const choices = (values: readonly { value: string; label: string }[]) => [{ value: ALL, label: t('list.all') }, ...values, { value: 'none', label: t('value.none') }];

/** Filters above the list; the search waits for a pause in typing. */
export const Filters = ({ search, facets, onChange }: { search: PeopleSearch; facets: Facets; onChange: (change: Partial<PeopleSearch>) => void }) => {
  const [typed, setTyped] = useState(search.search ?? '');
  const ask = useDebouncedCallback((text: string) => onChange({ search: text.trim() || undefined }), 250);
  const active = search.search || search.function || search.level || search.territory || search.department || search.missing || search.archived;
  const set = (field: 'function' | 'level' | 'territory') => (value: string | null) => onChange({ [field]: value === ALL ? undefined : value });
  return (
    <div className={css.filters} role="search">
      <TextInput aria-label={t('list.search')} placeholder={t('list.search')} leftSection={<IconSearch size={14} />} value={typed} onChange={(event) => { setTyped(event.currentTarget.value); ask(event.currentTarget.value); }} />
      <Select w={140} label={t('list.filter.function')} data={choices(FUNCTIONS.map((value) => ({ value, label: functionText(value) })))} value={search.function ?? ALL} onChange={set('function')} />
      <Select w={140} label={t('list.filter.level')} data={choices(LEVELS.map((value) => ({ value, label: levelText(value) })))} value={search.level ?? ALL} onChange={set('level')} />
      <Select w={160} label={t('list.filter.territory')} searchable data={choices(facets.territories.map(({ label }) => ({ value: label, label })))} value={search.territory ?? ALL} onChange={set('territory')} />
      {(facets.archived > 0 || search.archived) && <Checkbox label={t('list.filter.archived')} checked={search.archived === 'only'} onChange={(event) => onChange({ archived: event.currentTarget.checked ? 'only' : undefined })} mb={8} />}
      {active && <Button variant="subtle" color="ink" onClick={() => { setTyped(''); onChange({ search: undefined, function: undefined, level: undefined, territory: undefined, department: undefined, missing: undefined, archived: undefined }); }}>{t('list.filter.clear')}</Button>}
    </div>
  );
};
