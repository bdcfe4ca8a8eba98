import { Alert, Box, Grid } from '@mantine/core';
import { IconApi } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { useMemo } from 'react';
import { texts, useTexts } from '../language/texts.tsx';
import { failureOf } from '../session/failure.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { FailureNotice } from '../ui/failure-notice.tsx';
import { Loading } from '../ui/loading.tsx';
import { type Caller, readJson } from './caller.ts';
import { type Description, endpointsOf } from './description.ts';
import { EndpointList } from './endpoint-list.tsx';
import { EndpointPanel } from './endpoint-panel.tsx';

const TEXTS = texts(
  {
    off: 'This server does not describe its API',
    how: 'Start it with OPENAPI_ENABLED=true.',
    choose: 'Choose an endpoint',
    teach: 'See what it takes, try it here, and copy the request for your own program.',
    gone: 'This endpoint is not there for whoever asks now.',
  },
  {
    off: 'Dieser Server beschreibt seine API nicht',
    how: 'Starten Sie ihn mit OPENAPI_ENABLED=true.',
    choose: 'Wählen Sie einen Endpunkt',
    teach: 'Sehen Sie, was er braucht, probieren Sie ihn hier aus und kopieren Sie die Anfrage für Ihr Programm.',
    gone: 'Diesen Endpunkt gibt es nicht für den, als der gerade gefragt wird.',
  },
);

/** The endpoints that the caller may use, as the server describes them. */
export function RestTab({ caller }: { readonly caller: Caller }) {
  const t = useTexts(TEXTS);
  const { endpoint: wanted }: { endpoint?: string } = useSearch({ strict: false });
  const { data, error } = useQuery({
    queryKey: ['explorer', 'oas', caller.number],
    gcTime: 0,
    queryFn: () => readJson<Description>(caller, '/server/specs/oas'),
  });
  const endpoints = useMemo(() => (data ? endpointsOf(data) : []), [data]);
  if (error) {
    return failureOf(error).status === 404 ? (
      <Alert title={t('off')}>{t('how')}</Alert>
    ) : (
      <FailureNotice failure={error} />
    );
  }
  if (!data) return <Loading />;
  const endpoint = endpoints.find(({ id }) => id === wanted);
  return (
    <Grid gap="lg">
      <Grid.Col span={{ base: 12, md: 4 }}>
        <EndpointList endpoints={endpoints} />
      </Grid.Col>
      <Grid.Col span={{ base: 12, md: 8 }}>
        {endpoint ? (
          <EndpointPanel key={endpoint.id} caller={caller} description={data} endpoint={endpoint} />
        ) : (
          <Box>
            {wanted && <Alert color="yellow">{t('gone')}</Alert>}
            <EmptyState icon={IconApi} title={t('choose')}>
              {t('teach')}
            </EmptyState>
          </Box>
        )}
      </Grid.Col>
    </Grid>
  );
}
