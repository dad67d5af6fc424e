import { createSpotlight, Spotlight } from '@mantine/spotlight';
import '@mantine/spotlight/styles.layer.css';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { canSeeResults } from '../../features/assessment/policy';
import { assessmentCalls } from '../../features/assessment/web/calls';
import { can as canWithPeople } from '../../features/people/policy';
import { huddleCalls } from '../../features/huddle/web/calls';
import { improvementCalls } from '../../features/improvement/web/public';
import { peopleCalls } from '../../features/people/web/public';
import { can } from '../../features/workspace/policy';
import type { Here } from '../../features/workspace/web/here';
import { settingNames } from '../../features/workspace/web/public';
import { functionName } from '../../ui/function-mark';
import { entriesFor } from './navigation';
import { t } from './text';
import { improvePages, workPages } from './area-pages';

const [store, finder] = createSpotlight();
export const openFind = () => finder.open();

type Found = { id: string; label: string; more?: string; to: string };

const SETTINGS = [['general', 'workspace:read'], ['members', 'member:list'], ['tokens', 'token:manage'], ['outbox', 'outbox:read'], ['audit', 'audit:read']] as const;
const PEOPLE_PAGES = ['import', 'departments', 'levels', 'changes'] as const;

/** Pages this reader may open. */
const pagesOf = (here: Here): Found[] => {
  const seesPeople = canWithPeople(here.me, 'people:read');
  return [
    ...entriesFor(seesPeople).map((entry) => ({ id: entry.key, label: t(`nav.${entry.key}`), to: entry.to.replace('$workspace', here.id) })),
    ...(canWithPeople(here.me, 'people:edit') ? PEOPLE_PAGES.map((page) => ({ id: `people-${page}`, label: t('find.within', { area: t('nav.people'), page: t(`find.people.${page}`) }), to: `/w/${here.id}/people/${page}` })) : []),
    ...(seesPeople ? workPages.map(({ key, to }) => ({ id: `work-${key}`, label: t('find.within', { area: t('nav.work'), page: t(`work.${key}`) }), to: to.replace('$workspace', here.id) })) : []),
    ...(seesPeople ? improvePages.map(({ key, to }) => ({ id: `improve-${key}`, label: t('find.within', { area: t('nav.improve'), page: t(`improve.${key}`) }), to: to.replace('$workspace', here.id) })) : []),
    ...SETTINGS.filter(([, who]) => can(here.me, who)).map(([key]) => ({ id: `settings-${key}`, label: t('find.within', { area: t('nav.settings'), page: settingNames[key] }), to: `/w/${here.id}/settings${key === 'general' ? '' : `/${key}`}` })),
  ];
};

const useSurveys = (here: Here): Found[] => {
  const waves = useQuery(assessmentCalls.waves.queryOptions({ input: { workspace: here.id } }));
  return (waves.data ?? []).map((wave) => ({ id: wave.id, label: wave.name, more: t(`find.state.${wave.state}`), to: `/w/${here.id}/understand/waves/${wave.id}${canSeeResults(here.me, wave) ? '/results' : ''}` }));
};

const usePeople = (here: Here, asked: string): Found[] => {
  const people = useQuery({
    ...peopleCalls.list.queryOptions({ input: { workspace: here.id, search: asked, pageSize: 6 } }), placeholderData: keepPreviousData,
    enabled: asked.length > 1 && canWithPeople(here.me, 'people:read'),
  });
  if (asked.length < 2) return [];
  return (people.data?.rows ?? []).map((row) => ({ id: row.id, label: row.name, more: [row.function && functionName(row.function), row.email].filter(Boolean).join(' · '), to: `/w/${here.id}/people?search=${encodeURIComponent(row.email)}` }));
};

/** A Huddle that has ended leads to its record, and so does any for somebody who does not lead. */
const useHuddles = (here: Here, asked: string): Found[] => {
  const list = useQuery({ ...huddleCalls.list.queryOptions({ input: { workspace: here.id } }), enabled: asked.length > 1 && canWithPeople(here.me, 'people:read') });
  if (asked.length < 2 || !list.data) return [];
  const { huddles, mayRun } = list.data;
  return huddles.map(({ id, name, phase }) => ({ id, label: name, more: t(`find.huddle.${phase}`), to: `/w/${here.id}/huddles/${id}${phase === 'finished' || !mayRun ? '/record' : ''}` }));
};

/** Problems lead to their place in the programme, actions to one's own list or to the programme. */
const useProgramme = (here: Here, asked: string): Found[] => {
  const found = useQuery({
    ...improvementCalls.find.queryOptions({ input: { workspace: here.id, words: asked } }), placeholderData: keepPreviousData,
    enabled: asked.length > 1 && canWithPeople(here.me, 'people:read'),
  });
  if (asked.length < 2 || !found.data) return [];
  const base = `/w/${here.id}/improve`;
  return [
    ...found.data.problems.map(({ id, title, state }) => ({ id, label: title, more: t(`find.problem.${state}`), to: `${base}#problem-${id}` })),
    ...found.data.actions.map(({ id, text, ownerName, state, mine }) => ({ id, label: text, more: t('find.action', { state, owner: ownerName }), to: `${mine && state !== 'dropped' ? `${base}/mine` : base}#action-${id}` })),
  ];
};

const named = (list: Found[], query: string): Found[] => {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  return list.filter(({ label }) => words.every((word) => label.toLowerCase().includes(word)));
};

/** What arrives after typing is found by Enter as well: the first row is chosen where none is any more. */
const selectFirst = (query: string): void => {
  const list = document.getElementById(store.getState().listId);
  if (query.trim() === '' || !list || list.querySelector('[data-selected]')) return;
  list.querySelector('[data-action]')?.setAttribute('data-selected', 'true');
  store.updateState((state) => ({ ...state, selected: 0 }));
};

/** ⌘K: pages, surveys, Huddles, problems, actions and people by name. */
export const Find = ({ here }: { here: Here }) => {
  const [query, setQuery] = useState('');
  const [asked] = useDebouncedValue(query.trim(), 150);
  const pages = named(pagesOf(here), query);
  const surveys = named(useSurveys(here), query).slice(0, 6);
  const people = usePeople(here, asked);
  const programme = useProgramme(here, asked);
  const huddles = named(useHuddles(here, asked), query).slice(0, 6);
  const groups = [{ name: t('find.pages'), list: pages }, { name: t('find.surveys'), list: surveys }, { name: t('find.huddles'), list: huddles }, { name: t('find.programme'), list: programme }, { name: t('find.people'), list: people }].filter(({ list }) => list.length > 0);
  const shown = groups.flatMap(({ list }) => list.map(({ id }) => id)).join(' ');
  useEffect(() => selectFirst(query), [shown, query]);
  return (
    <Spotlight.Root store={store} shortcut={['mod + K', '/']} query={query} onQueryChange={setQuery} scrollable maxHeight={420} attributes={{ content: { 'aria-label': t('nav.find') } }}>
      <Spotlight.Search placeholder={t('find.placeholder')} aria-label={t('find.placeholder')} />
      <Spotlight.ActionsList>
        {groups.map(({ name, list }) => <Spotlight.ActionsGroup key={name} label={name}>{list.map((found) => <Row key={found.id} found={found} />)}</Spotlight.ActionsGroup>)}
        {groups.length === 0 && <Spotlight.Empty>{t('find.nothing')}</Spotlight.Empty>}
      </Spotlight.ActionsList>
    </Spotlight.Root>
  );
};

const Row = ({ found }: { found: Found }) => {
  const navigate = useNavigate();
  return <Spotlight.Action label={found.label} description={found.more} onClick={() => void navigate({ href: found.to })} />;
};
