import { Box, Group, NavLink, SegmentedControl, Stack, Text, TextInput, Title } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { texts, useTexts } from '../language/texts.tsx';
import { byTag, type Endpoint, METHODS } from './description.ts';
import { MethodBadge } from './method-badge.tsx';

const TEXTS = texts(
  {
    search: 'Search endpoints',
    method: 'Method',
    all: 'All',
    endpoints: 'Endpoints',
    count: '{count} endpoints',
    none: 'No endpoint fits.',
  },
  {
    search: 'Endpunkte suchen',
    method: 'Methode',
    all: 'Alle',
    endpoints: 'Endpunkte',
    count: '{count} Endpunkte',
    none: 'Kein Endpunkt passt.',
  },
);

interface Filters {
  readonly search?: string;
  readonly method?: string;
  readonly endpoint?: string;
}

/** Endpoints by tag, as many as fit a search and a method; both are in the address. */
export function EndpointList({ endpoints }: { readonly endpoints: readonly Endpoint[] }) {
  const t = useTexts(TEXTS);
  const navigate = useNavigate();
  const filters: Filters = useSearch({ strict: false });
  const { search = '', method = '', endpoint: open } = filters;
  const change = (next: Filters): void =>
    void navigate({
      to: '.',
      replace: true,
      search: { ...filters, ...next },
    });
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  const fitting = endpoints.filter(({ id, tag, summary, method: own }) => {
    const text = `${id} ${tag} ${summary}`.toLowerCase();
    return (method === '' || own === method) && words.every((word) => text.includes(word));
  });
  const present = METHODS.filter((name) => endpoints.some(({ method: own }) => own === name));
  return (
    <Stack gap="sm">
      <TextInput
        label={t('search')}
        value={search}
        onChange={(event) => change({ search: event.currentTarget.value || undefined })}
        leftSection={<IconSearch size={16} aria-hidden />}
      />
      <SegmentedControl
        aria-label={t('method')}
        size="xs"
        fullWidth
        value={method}
        onChange={(next) => change({ method: next || undefined })}
        data={[{ value: '', label: t('all') }, ...present]}
      />
      <Text size="sm" role="status">
        {fitting.length === 0 ? t('none') : t('count', { count: fitting.length })}
      </Text>
      <Box component="nav" aria-label={t('endpoints')} mah="65vh" style={{ overflow: 'auto' }}>
        {byTag(fitting).map(([tag, group]) => (
          <Box key={tag} mb="sm">
            <Title order={2} size="sm" mb={4}>
              {tag}
            </Title>
            {group.map((endpoint) => (
              <NavLink
                key={endpoint.id}
                component={Link}
                to="."
                // The router's types know no search of pages that are loaded later.
                search={{ ...filters, endpoint: endpoint.id } as never}
                active={endpoint.id === open}
                aria-current={endpoint.id === open ? 'page' : undefined}
                variant="subtle"
                p={6}
                label={
                  <Group gap="xs" wrap="nowrap" align="flex-start">
                    <MethodBadge method={endpoint.method} />
                    <Text size="sm" ff="monospace" style={{ overflowWrap: 'anywhere' }}>
                      {endpoint.path}
                    </Text>
                  </Group>
                }
              />
            ))}
          </Box>
        ))}
      </Box>
    </Stack>
  );
}
