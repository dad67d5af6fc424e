import { lazy, Suspense } from 'react';
import type { Here } from '../../features/workspace/web/here';

/** Loaded once the shell stands: nobody searches before there is a page. */
const Late = lazy(() => import('./find').then(({ Find }) => ({ default: Find })));

export const Find = ({ here }: { here: Here }) => <Suspense fallback={null}><Late here={here} /></Suspense>;

/** Opens it as soon as it is there. */
export const openFind = (): void => void import('./find').then((part) => part.openFind());
