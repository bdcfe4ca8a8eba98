import { Anchor, Badge, Button, Group, Select, Stack, Table, Text, TextInput } from '@mantine/core';
import { IconActivity } from '@tabler/icons-react';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { texts, useTexts } from '../language/texts.tsx';
import { ask } from '../session/api.ts';
import { nameOf } from '../session/me.ts';
import { useRights } from '../session/permissions.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { FailureNotice } from '../ui/failure-notice.tsx';
import { Loading } from '../ui/loading.tsx';
import { useMoments } from '../ui/moments.ts';
import { Page } from '../ui/page.tsx';

const TEXTS = texts(
  {
    title: 'Activity',
    about: 'What people and programs did here, newest first.',
    action: 'Action',
    anyAction: 'Any action',
    collection: 'Collection',
    anyCollection: 'Any collection',
    person: 'Person',
    anybody: 'Anybody',
    since: 'Since',
    when: 'When',
    who: 'Who',
    what: 'What',
    item: 'Item',
    from: 'From',
    nobody: 'nobody signed in',
    none: 'Nothing here',
    teach: 'Nothing fits these filters.',
    more: 'Show older ones',
  },
  {
    title: 'Aktivität',
    about: 'Was Personen und Programme hier taten, Neuestes zuerst.',
    action: 'Aktion',
    anyAction: 'Jede Aktion',
    collection: 'Sammlung',
    anyCollection: 'Jede Sammlung',
    person: 'Person',
    anybody: 'Alle',
    since: 'Seit',
    when: 'Wann',
    who: 'Wer',
    what: 'Was',
    item: 'Eintrag',
    from: 'Von',
    nobody: 'niemand angemeldet',
    none: 'Hier ist nichts',
    teach: 'Nichts passt zu diesen Filtern.',
    more: 'Ältere zeigen',
  },
);

interface Entry {
  readonly id: number;
  readonly action: string;
  readonly timestamp: string;
  readonly ip: string | null;
  readonly collection: string;
  readonly item: string;
  readonly user: {
    readonly id: string;
    readonly first_name?: string;
    readonly last_name?: string;
    readonly email?: string;
  } | null;
}

interface Filters {
  readonly action?: string;
  readonly collection?: string;
  readonly user?: string;
  readonly since?: string;
}

const FIELDS = ['id', 'action', 'timestamp', 'ip', 'collection', 'item'];
const PERSON = ['user.id', 'user.first_name', 'user.last_name', 'user.email'];
const PAGE_SIZE = 50;

function filterOf({ action, collection, user, since }: Filters): Readonly<Record<string, unknown>> {
  const rules = [
    ...(action ? [{ action: { _eq: action } }] : []),
    ...(collection ? [{ collection: { _eq: collection } }] : []),
    ...(user ? [{ user: { _eq: user } }] : []),
    ...(since ? [{ timestamp: { _gte: since } }] : []),
  ];
  return rules.length > 0 ? { filter: { _and: rules } } : {};
}

/** The values that a field of the log has, for a choice of them. */
const valuesOf = (field: 'action' | 'collection') => ({
  queryKey: ['activity', 'values', field],
  queryFn: async (): Promise<string[]> => {
    const rows = await ask<Record<string, string>[]>('/activity', { params: { groupBy: [field], limit: -1 } });
    return rows
      .map((row) => row[field] ?? '')
      .filter(Boolean)
      .sort();
  },
});

export function ActivityPage() {
  const t = useTexts(TEXTS);
  const rights = useRights();
  const navigate = useNavigate();
  const filters: Filters = useSearch({ strict: false });
  const { data: actions = [] } = useQuery(valuesOf('action'));
  const { data: collections = [] } = useQuery(valuesOf('collection'));
  const { data: people = [] } = useQuery({
    queryKey: ['users', 'names'],
    queryFn: () =>
      ask<{ id: string }[]>('/users', { params: { fields: ['id', 'first_name', 'last_name', 'email'], limit: 200 } }),
    enabled: rights.can('read', 'directus_users'),
  });
  const seesPeople = rights.canField('read', 'directus_activity', 'user');
  const { data, error, fetchNextPage, hasNextPage, isFetchingNextPage } = useInfiniteQuery({
    queryKey: ['activity', 'list', filters, seesPeople],
    initialPageParam: 1,
    queryFn: ({ pageParam }) =>
      ask<Entry[]>('/activity', {
        params: {
          fields: seesPeople ? [...FIELDS, ...PERSON] : FIELDS,
          sort: ['-id'],
          limit: PAGE_SIZE,
          page: pageParam,
          ...filterOf(filters),
        },
      }),
    getNextPageParam: (last, pages) => (last.length === PAGE_SIZE ? pages.length + 1 : undefined),
  });
  const entries = data?.pages.flat() ?? [];
  const go = (change: Filters) => {
    const next = Object.entries({ ...filters, ...change }).filter((entry) => Boolean(entry[1]));
    void navigate({ to: '/activity', search: Object.fromEntries(next), replace: true });
  };

  return (
    <Page title={t('title')} about={t('about')}>
      <Group align="flex-end">
        <Select
          label={t('action')}
          placeholder={t('anyAction')}
          data={actions}
          value={filters.action ?? null}
          onChange={(action) => go({ action: action ?? undefined })}
          clearable
        />
        <Select
          label={t('collection')}
          placeholder={t('anyCollection')}
          data={collections}
          value={filters.collection ?? null}
          onChange={(collection) => go({ collection: collection ?? undefined })}
          clearable
          searchable
        />
        {seesPeople && (
          <Select
            label={t('person')}
            placeholder={t('anybody')}
            data={people.map((person) => ({ value: person.id, label: nameOf(person) }))}
            value={filters.user ?? null}
            onChange={(user) => go({ user: user ?? undefined })}
            clearable
            searchable
          />
        )}
        <TextInput
          type="date"
          label={t('since')}
          value={filters.since ?? ''}
          onChange={(event) => go({ since: event.currentTarget.value })}
        />
      </Group>
      {error && <FailureNotice failure={error} />}
      {!data && !error && <Loading />}
      {data && entries.length === 0 && (
        <EmptyState icon={IconActivity} title={t('none')}>
          {t('teach')}
        </EmptyState>
      )}
      {entries.length > 0 && <Entries entries={entries} />}
      {hasNextPage && (
        <Button variant="default" onClick={() => void fetchNextPage()} loading={isFetchingNextPage} w="fit-content">
          {t('more')}
        </Button>
      )}
    </Page>
  );
}

function Entries({ entries }: { readonly entries: readonly Entry[] }) {
  const t = useTexts(TEXTS);
  const { exact, ago } = useMoments();
  return (
    <Table.ScrollContainer minWidth={720}>
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('when')}</Table.Th>
            <Table.Th>{t('who')}</Table.Th>
            <Table.Th>{t('what')}</Table.Th>
            <Table.Th>{t('item')}</Table.Th>
            <Table.Th>{t('from')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {entries.map((entry) => (
            <Table.Tr key={entry.id}>
              <Table.Td title={exact(entry.timestamp)}>{ago(entry.timestamp)}</Table.Td>
              <Table.Td>{entry.user ? nameOf(entry.user) : t('nobody')}</Table.Td>
              <Table.Td>
                <Badge variant="outline" color="gray" styles={{ label: { color: 'var(--mantine-color-text)' } }}>
                  {entry.action}
                </Badge>
              </Table.Td>
              <Table.Td>
                <Stack gap={0}>
                  <Text size="sm">{entry.collection}</Text>
                  <Place entry={entry} />
                </Stack>
              </Table.Td>
              <Table.Td>{entry.ip}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

/** Leads to the item where the Studio has a page for it. */
function Place({ entry: { collection, item } }: { readonly entry: Entry }) {
  const to = placeOfItem(collection, item);
  if (to === null)
    return (
      <Text size="xs" c="dimmed">
        {item}
      </Text>
    );
  return (
    <Anchor component={Link} to={to} size="xs">
      {item}
    </Anchor>
  );
}

function placeOfItem(collection: string, item: string): string | null {
  if (collection === 'directus_users') return `/users/${encodeURIComponent(item)}`;
  if (/^(directus_|limen_)/.test(collection)) return null;
  return `/content/${encodeURIComponent(collection)}/${encodeURIComponent(item)}`;
}
