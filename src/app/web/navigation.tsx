import { IconArrowsExchange, IconHome, IconListDetails, IconTargetArrow, IconUsers } from '@tabler/icons-react';
import type { ComponentType } from 'react';
import { isImprove, isUnderstand, isWork, workPages } from './area-pages';

/** What is not there yet is not shown: an entry appears when its feature does. */
export type Entry = { key: 'home' | 'understand' | 'work' | 'improve' | 'people'; to: string; exact?: boolean; /** Pages it also stands for. */ covers?: (pathname: string) => boolean; icon: ComponentType<{ size?: number; stroke?: number }> };

export const entries: Entry[] = [
  { key: 'home', to: '/w/$workspace', exact: true, icon: IconHome },
  { key: 'understand', to: '/w/$workspace/understand', covers: isUnderstand, icon: IconListDetails },
  { key: 'work', to: workPages[0].to, covers: isWork, icon: IconArrowsExchange },
  { key: 'improve', to: '/w/$workspace/goals', covers: isImprove, icon: IconTargetArrow },
  { key: 'people', to: '/w/$workspace/people', icon: IconUsers },
];
