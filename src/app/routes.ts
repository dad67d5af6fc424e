import { index, physical, rootRoute, route } from '@tanstack/virtual-file-routes';

/** Pages stand beside their feature; this is the one place that gives them an address. Signing in has a page of its own (entry/). */
export const routes = rootRoute('routes/root.tsx', [
  index('routes/welcome.tsx'),
  route('/sign-up', 'routes/sign-up.tsx'),
  route('/join', 'routes/join.tsx'),
  route('/sample', 'routes/sample.tsx'),
  route('/s', 'routes/shared.tsx'),
  route('/h', 'routes/huddle-door.tsx'),
  route('/w/$workspace', 'routes/workspace.tsx', [
    index('routes/home.tsx'),
    physical('/understand', '../features/assessment/web/routes'),
    physical('/diagnosis', '../features/diagnosis/web/routes'),
    physical('/agreements', '../features/agreements/web/routes'),
    physical('/pipeline', '../features/pipeline/web/routes'),
    physical('/customers', '../features/customers/web/routes'),
    physical('/huddles', '../features/huddle/web/routes'),
    physical('/goals', '../features/goals/web/routes'),
    physical('/improve', '../features/improvement/web/routes'),
    physical('/people', '../features/people/web/routes'),
    physical('/settings', '../features/workspace/web/routes'),
  ]),
]);
