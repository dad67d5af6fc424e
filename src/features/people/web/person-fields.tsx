import { Autocomplete, Select, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { FUNCTIONS, LEVELS, type FunctionName, type Level } from '../../../lib/vocabulary';
import { peopleCalls, type Facets, type PersonView } from './calls';
import { functionText, levelText, t } from './text';

export type Draft = {
  name: string; email: string; function: FunctionName | null; level: Level | null; territory: string; managerId: string | null;
  startDate: string; workedInOtherFunction: 'yes' | 'no' | null; department: string; site: string;
};

export const draftOf = (person: PersonView | null): Draft => ({
  name: person?.name ?? '', email: person?.email ?? '', function: person?.function ?? null, level: person?.level ?? null, territory: person?.territory ?? '', managerId: person?.managerId ?? null,
  startDate: person?.startDate ?? '', workedInOtherFunction: person?.workedInOtherFunction == null ? null : person.workedInOtherFunction ? 'yes' : 'no', department: person?.department ?? '', site: person?.site ?? '',
});

const orNull = (text: string): string | null => text.trim() || null;

/** What the server takes; an emptied field is known to be empty. */
export const valuesOf = (draft: Draft) => ({
  name: draft.name.trim(), email: draft.email.trim(), function: draft.function, level: draft.level, territory: orNull(draft.territory), managerId: draft.managerId,
  startDate: orNull(draft.startDate), workedInOtherFunction: draft.workedInOtherFunction === null ? null : draft.workedInOtherFunction === 'yes', department: orNull(draft.department), site: orNull(draft.site),
});

type Props = { workspace: string; person: PersonView | null; draft: Draft; facets: Facets; disabled: boolean; onChange: (draft: Draft) => void };

export const PersonFields = ({ workspace, person, draft, facets, disabled, onChange }: Props) => {
  const set = (change: Partial<Draft>) => onChange({ ...draft, ...change });
  const ruled = (field: 'function' | 'level' | 'territory') => (person?.byRule.includes(field) ? t(`byRule.${field}`) : undefined);
  return (
    <>
      <TextInput label={t('field.name')} required maxLength={200} disabled={disabled} value={draft.name} data-autofocus onChange={(event) => set({ name: event.currentTarget.value })} />
      <TextInput label={t('field.email')} type="text" inputMode="email" required maxLength={300} disabled={disabled} value={draft.email} description={person?.emailFlag ? t(`flag.${person.emailFlag}`) : undefined} onChange={(event) => set({ email: event.currentTarget.value })} />
      <Select label={t('field.function')} description={ruled('function') ?? t('person.function.help')} clearable clearButtonProps={{ 'aria-label': t('person.clear') }} disabled={disabled} placeholder={t('value.none')} data={FUNCTIONS.map((value) => ({ value, label: functionText(value) }))} value={draft.function} onChange={(value) => set({ function: value })} />
      <Select label={t('field.level')} description={ruled('level') ?? t('person.level.help')} clearable clearButtonProps={{ 'aria-label': t('person.clear') }} disabled={disabled} placeholder={t('value.none')} data={LEVELS.map((value) => ({ value, label: levelText(value) }))} value={draft.level} onChange={(value) => set({ level: value })} />
      <Autocomplete label={t('field.territory')} description={ruled('territory')} maxLength={120} disabled={disabled} data={facets.territories.map(({ label }) => label)} value={draft.territory} onChange={(territory) => set({ territory })} />
      <ManagerSelect workspace={workspace} person={person} value={draft.managerId} disabled={disabled} onChange={(managerId) => set({ managerId })} />
      <Autocomplete label={t('field.department')} maxLength={200} disabled={disabled} data={facets.departments} limit={20} value={draft.department} onChange={(department) => set({ department })} />
      <Autocomplete label={t('field.site')} maxLength={120} disabled={disabled} data={facets.sites} limit={20} value={draft.site} onChange={(site) => set({ site })} />
      <TextInput label={t('field.startDate')} type="date" disabled={disabled} value={draft.startDate} onChange={(event) => set({ startDate: event.currentTarget.value })} />
      <Select label={t('field.workedInOtherFunction')} clearable clearButtonProps={{ 'aria-label': t('person.clear') }} disabled={disabled} placeholder={t('value.unknown')} data={[{ value: 'yes', label: t('value.yes') }, { value: 'no', label: t('value.no') }]} value={draft.workedInOtherFunction} onChange={(value) => set({ workedInOtherFunction: value })} />
    </>
  );
};

/** Found by typing; a company has too many people for one list. */
const ManagerSelect = ({ workspace, person, value, disabled, onChange }: { workspace: string; person: PersonView | null; value: string | null; disabled: boolean; onChange: (id: string | null) => void }) => {
  const [typed, setTyped] = useState('');
  const [asked] = useDebouncedValue(typed, 200);
  const search = asked === person?.managerName ? undefined : asked.trim() || undefined;
  const found = useQuery(peopleCalls.list.queryOptions({ input: { workspace, search, pageSize: 20 } }));
  const options = new Map((found.data?.rows ?? []).filter((row) => row.id !== person?.id).map((row) => [row.id, `${row.name} · ${row.email}`]));
  if (person?.managerId && !options.has(person.managerId)) options.set(person.managerId, person.managerName ?? '');
  return (
    <Select
      label={t('field.manager')} searchable clearable clearButtonProps={{ 'aria-label': t('person.clear') }} disabled={disabled} placeholder={t('person.manager.search')} nothingFoundMessage={t('person.manager.nobody')}
      data={[...options].map(([id, label]) => ({ value: id, label }))} value={value} onChange={onChange} onSearchChange={setTyped} filter={({ options: all }) => all}
    />
  );
};
