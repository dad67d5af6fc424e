import { IconArrowsExchange, IconHome, IconListDetails, IconTargetArrow, IconUsers } from '@tabler/icons-react';
import type { ComponentType } from 'react';
import { improvePages, isImprove, isUnderstand, isWork, workPages } from './area-pages';

/** What is not there yet is not shown: an entry appears when its feature does. */
export type Entry = { key: 'home' | 'understand' | 'work' | 'improve' | 'people'; to: string; exact?: boolean; /** Pages it also stands for. */ covers?: (pathname: string) => boolean; icon: ComponentType<{ size?: number; stroke?: number }> };

const entries: Entry[] = [
  { key: 'home', to: '/w/$workspace', exact: true, icon: IconHome },
  { key: 'understand', to: '/w/$workspace/understand', covers: isUnderstand, icon: IconListDetails },
  { key: 'work', to: workPages[0].to, covers: isWork, icon: IconArrowsExchange },
  { key: 'improve', to: improvePages[0].to, covers: isImprove, icon: IconTargetArrow },
  { key: 'people', to: '/w/$workspace/people', icon: IconUsers },
];

/** The entries this reader has, each leading to a page that is open to them: viewers see the goals, and no programme. */
export const entriesFor = (seesPeople: boolean): Entry[] =>
  entries.filter(({ key }) => (key !== 'people' && key !== 'work') || seesPeople).map((entry) => (entry.key === 'improve' && !seesPeople ? { ...entry, to: '/w/$workspace/goals' } : entry));
