import '@fontsource-variable/inter/wght.css';
import '../../ui/tokens.css';
import '../../ui/mantine.css';
import '@mantine/notifications/styles.layer.css';
import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { QueryClientProvider } from '@tanstack/react-query';
import { createRouter, RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { watchConnection } from '../../browser/connection';
import { queryClient } from '../../browser/query';
import { rememberPseudo } from '../../ui/texts';
import { cssVariables, theme } from '../../ui/theme';
import { routeTree } from '../routeTree.gen';
import { NotFound, Unexpected } from './faults';
import { noteResultsRead } from './seen-results';

rememberPseudo();
watchConnection();

const router = createRouter({ routeTree, defaultPreload: 'intent', scrollRestoration: true, defaultNotFoundComponent: NotFound, defaultErrorComponent: ({ error, reset }) => <Unexpected error={error} reset={reset} /> });
router.subscribe('onResolved', ({ toLocation }) => noteResultsRead(toLocation.pathname));

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}

const root = document.getElementById('root');
if (!root) throw new Error('the page has no root');
createRoot(root).render(
  <StrictMode>
    <MantineProvider theme={theme} cssVariablesResolver={cssVariables} defaultColorScheme="auto">
      <QueryClientProvider client={queryClient}>
        <Notifications position="bottom-center" />
        <RouterProvider router={router} />
      </QueryClientProvider>
    </MantineProvider>
  </StrictMode>,
);
