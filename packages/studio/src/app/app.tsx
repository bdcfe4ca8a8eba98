import { MantineProvider } from '@mantine/core';
import { ModalsProvider } from '@mantine/modals';
import { Notifications } from '@mantine/notifications';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { type ReactNode, Suspense, useMemo } from 'react';
import { LanguageProvider, texts, useTexts } from '../language/texts.tsx';
import { failureOf } from '../session/failure.ts';
import { SessionProvider, useSession } from '../session/session.tsx';
import { Loading } from '../ui/loading.tsx';
import { Fault } from './fault.tsx';
import { router } from './routes.tsx';
import { themeWith, variables } from './theme.ts';

const TEXTS = texts({ close: 'Close' }, { close: 'Schließen' });

/** What the API refuses it refuses again; only what got no answer is asked again. */
const worthAsking = (count: number, error: unknown): boolean => {
  const { status } = failureOf(error);
  return count < 2 && (status === 0 || status >= 500);
};

const queries = new QueryClient({
  defaultOptions: { queries: { retry: worthAsking, staleTime: 5_000 } },
});

export function App() {
  return (
    <QueryClientProvider client={queries}>
      <LanguageProvider>
        <Look>
          <ModalsProvider>
            <Notifications position="bottom-left" />
            <Fault>
              <Suspense fallback={<Loading />}>
                <SessionProvider>
                  <Pages />
                </SessionProvider>
              </Suspense>
            </Fault>
          </ModalsProvider>
        </Look>
      </LanguageProvider>
    </QueryClientProvider>
  );
}

function Look({ children }: { readonly children: ReactNode }) {
  const t = useTexts(TEXTS);
  const theme = useMemo(() => themeWith(t('close')), [t]);
  return (
    <MantineProvider theme={theme} cssVariablesResolver={variables} defaultColorScheme="auto">
      {children}
    </MantineProvider>
  );
}

function Pages() {
  const session = useSession();
  return <RouterProvider router={router} context={{ session, queries }} />;
}
