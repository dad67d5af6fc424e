import { IconHome, IconListDetails, IconUsers } from '@tabler/icons-react';
import type { ComponentType } from 'react';

/** What is not there yet is not shown: an entry appears when its feature does. */
export type Entry = { key: 'home' | 'understand' | 'people'; to: string; exact?: boolean; icon: ComponentType<{ size?: number; stroke?: number }> };

export const entries: Entry[] = [
  { key: 'home', to: '/w/$workspace', exact: true, icon: IconHome },
  { key: 'understand', to: '/w/$workspace/understand', icon: IconListDetails },
  { key: 'people', to: '/w/$workspace/people', icon: IconUsers },
];
