import { Anchor, Button, Group, Pagination, Select, Table, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconMailForward, IconPlus, IconSearch, IconUsers } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { texts, useTexts } from '../language/texts.tsx';
import { nameOf } from '../session/me.ts';
import { useRights } from '../session/permissions.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { FailureNotice } from '../ui/failure-notice.tsx';
import { Loading } from '../ui/loading.tsx';
import { useMoments } from '../ui/moments.ts';
import { Page } from '../ui/page.tsx';
import { InviteDialog } from './invite-dialog.tsx';
import { StatusBadge, useStatusName } from './status.tsx';
import { PAGE_SIZE, rolesQuery, STATUSES, usersQuery } from './user.ts';

const TEXTS = texts(
  {
    title: 'Users',
    create: 'Create a user',
    invite: 'Invite',
    search: 'Search',
    anyStatus: 'Any status',
    anyRole: 'Any role',
    status: 'Status',
    role: 'Role',
    name: 'Name',
    email: 'E-mail',
    seen: 'Last signed in',
    never: 'never',
    none: 'No such users',
    teach: 'Nobody fits what you search for.',
    total: '{count} users',
    pages: 'Pages',
  },
  {
    title: 'Benutzer',
    create: 'Benutzer anlegen',
    invite: 'Einladen',
    search: 'Suchen',
    anyStatus: 'Jeder Status',
    anyRole: 'Jede Rolle',
    status: 'Status',
    role: 'Rolle',
    name: 'Name',
    email: 'E-Mail',
    seen: 'Zuletzt angemeldet',
    never: 'nie',
    none: 'Keine solchen Benutzer',
    teach: 'Niemand passt zu dem, was Sie suchen.',
    total: '{count} Benutzer',
    pages: 'Seiten',
  },
);

interface Address {
  readonly search?: string;
  readonly status?: string;
  readonly role?: string;
  readonly page?: string;
}

export function UsersPage() {
  const t = useTexts(TEXTS);
  const statusName = useStatusName();
  const { ago } = useMoments();
  const rights = useRights();
  const navigate = useNavigate();
  const address: Address = useSearch({ strict: false });
  const [inviting, setInviting] = useState(false);
  const [search] = useDebouncedValue(address.search ?? '', 200);
  const page = Math.max(1, Number(address.page) || 1);
  const { data: roles = [] } = useQuery({ ...rolesQuery, enabled: rights.can('read', 'directus_roles') });
  const wanted = { search, status: address.status ?? null, role: address.role ?? null, page };
  const { data, error } = useQuery({ ...usersQuery(wanted), placeholderData: keepPreviousData });
  const go = (change: Partial<Address>) =>
    void navigate({ to: '/users', search: clean({ ...address, page: undefined, ...change }), replace: true });

  return (
    <Page
      title={t('title')}
      about={data && t('total', { count: data.total })}
      actions={
        rights.can('create', 'directus_users') && (
          <>
            <Button
              variant="default"
              leftSection={<IconMailForward size={16} aria-hidden />}
              onClick={() => setInviting(true)}
            >
              {t('invite')}
            </Button>
            <Button component={Link} to="/users/+" leftSection={<IconPlus size={16} aria-hidden />}>
              {t('create')}
            </Button>
          </>
        )
      }
    >
      <Group align="flex-end">
        <TextInput
          label={t('search')}
          leftSection={<IconSearch size={16} aria-hidden />}
          value={address.search ?? ''}
          onChange={(event) => go({ search: event.currentTarget.value })}
          flex={1}
          miw={180}
        />
        <Select
          label={t('status')}
          placeholder={t('anyStatus')}
          data={STATUSES.map((status) => ({ value: status, label: statusName(status) }))}
          value={address.status ?? null}
          onChange={(status) => go({ status: status ?? undefined })}
          clearable
        />
        <Select
          label={t('role')}
          placeholder={t('anyRole')}
          data={roles.map(({ id, name }) => ({ value: id, label: name }))}
          value={address.role ?? null}
          onChange={(role) => go({ role: role ?? undefined })}
          clearable
          searchable
        />
      </Group>
      {error && <FailureNotice failure={error} />}
      {!data && !error && <Loading />}
      {data?.users.length === 0 && (
        <EmptyState icon={IconUsers} title={t('none')}>
          {t('teach')}
        </EmptyState>
      )}
      {data && data.users.length > 0 && (
        <Table.ScrollContainer minWidth={640}>
          <Table highlightOnHover>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t('name')}</Table.Th>
                <Table.Th>{t('email')}</Table.Th>
                <Table.Th>{t('role')}</Table.Th>
                <Table.Th>{t('status')}</Table.Th>
                <Table.Th>{t('seen')}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {data.users.map((user) => (
                <Table.Tr key={user.id}>
                  <Table.Td>
                    <Anchor component={Link} to={`/users/${user.id}`} size="sm">
                      {nameOf(user)}
                    </Anchor>
                  </Table.Td>
                  <Table.Td>{user.email}</Table.Td>
                  <Table.Td>{user.role?.name}</Table.Td>
                  <Table.Td>{user.status && <StatusBadge status={user.status} />}</Table.Td>
                  <Table.Td>{user.last_access ? ago(user.last_access) : t('never')}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
      {data && data.total > PAGE_SIZE && (
        <Pagination
          total={Math.ceil(data.total / PAGE_SIZE)}
          value={page}
          onChange={(next) => go({ page: String(next) })}
          aria-label={t('pages')}
          getControlProps={(control) => ({ 'aria-label': control })}
        />
      )}
      {inviting && <InviteDialog onClose={() => setInviting(false)} />}
    </Page>
  );
}

const clean = (address: Address): Record<string, string> =>
  Object.fromEntries(Object.entries(address).filter((entry): entry is [string, string] => Boolean(entry[1])));
