import { MantineProvider } from '@mantine/core';
import { type QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import type { Source } from '@/stream/connection';
import { StreamProvider } from '@/stream/StreamProvider';
import type { createAppRouter } from './router';
import { theme, variables } from './theme';

interface AppProps {
  client: QueryClient;
  router: ReturnType<typeof createAppRouter>;
  /** How the event stream is opened; tests bring their own. */
  openStream?: (url: string) => Source;
}

export function App({ client, router, openStream }: AppProps) {
  return (
    <MantineProvider theme={theme} cssVariablesResolver={variables} defaultColorScheme="auto">
      <QueryClientProvider client={client}>
        <StreamProvider {...(openStream ? { open: openStream } : {})}>
          <RouterProvider router={router} />
        </StreamProvider>
      </QueryClientProvider>
    </MantineProvider>
  );
}
