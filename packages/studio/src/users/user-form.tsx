import { Button, Group, MultiSelect, Select, SimpleGrid, Stack, TextInput } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { NewPassword } from '../entry/new-password.tsx';
import { texts, useTexts } from '../language/texts.tsx';
import { ask } from '../session/api.ts';
import { useRights } from '../session/permissions.ts';
import { useAttempt } from '../ui/attempt.ts';
import { FailureNotice } from '../ui/failure-notice.tsx';
import { saySaved } from '../ui/notice.ts';
import { StaticToken } from './static-token.tsx';
import { useStatusName } from './status.tsx';
import { policiesQuery, rolesQuery, STATUSES, type User } from './user.ts';

const TEXTS = texts(
  {
    first: 'First name',
    last: 'Last name',
    email: 'E-mail',
    role: 'Role',
    noRole: 'No role',
    roleHint: 'What people of this role may do is in the access control.',
    status: 'Status',
    policies: 'Own policies',
    policiesHint: 'Rights for this person alone, beside those of the role.',
    password: 'Password',
    newPassword: 'New password (leave it empty to keep the old one)',
    passwordNote: 'A new password ends all sessions of this user.',
    create: 'Create the user',
    save: 'Save',
    saved: 'The user is saved.',
  },
  {
    first: 'Vorname',
    last: 'Nachname',
    email: 'E-Mail',
    role: 'Rolle',
    noRole: 'Keine Rolle',
    roleHint: 'Was Personen dieser Rolle dürfen, steht in der Zugriffssteuerung.',
    status: 'Status',
    policies: 'Eigene Richtlinien',
    policiesHint: 'Rechte nur für diese Person, neben denen der Rolle.',
    password: 'Passwort',
    newPassword: 'Neues Passwort (leer lassen, um das alte zu behalten)',
    passwordNote: 'Ein neues Passwort beendet alle Sitzungen dieses Benutzers.',
    create: 'Benutzer anlegen',
    save: 'Speichern',
    saved: 'Der Benutzer ist gespeichert.',
  },
);

const USERS = 'directus_users';

interface Changes {
  readonly first_name?: string;
  readonly last_name?: string;
  readonly email?: string;
  readonly role?: string | null;
  readonly status?: string;
  readonly password?: string;
  readonly token?: string | null;
  /** Keys of policies. */
  readonly policies?: readonly string[];
}

interface Props {
  /** Null for one who is to be. */
  readonly user: User | null;
  readonly onSaved: (id: string) => Promise<void>;
}

export function UserForm({ user, onSaved }: Props) {
  const t = useTexts(TEXTS);
  const statusName = useStatusName();
  const queries = useQueryClient();
  const rights = useRights();
  const { data: roles = [] } = useQuery({ ...rolesQuery, enabled: rights.can('read', 'directus_roles') });
  const { data: policies = [] } = useQuery({ ...policiesQuery, enabled: rights.can('read', 'directus_policies') });
  const [changes, setChanges] = useState<Changes>(user ? {} : { status: 'active' });
  const { busy, failure, attempt } = useAttempt();
  const set = (part: Changes) => setChanges({ ...changes, ...part });
  const may = (field: string) => rights.canField(user ? 'update' : 'create', USERS, field);
  const held = user?.policies?.map(({ policy }) => policy) ?? [];

  const save = (event: FormEvent): void => {
    event.preventDefault();
    void attempt(async () => {
      const body = bodyOf(changes, user);
      const saved = user
        ? await ask<{ id: string }>(`/users/${user.id}`, { method: 'PATCH', body })
        : await ask<{ id: string }>('/users', { method: 'POST', body });
      setChanges({});
      await queries.invalidateQueries({ queryKey: ['users'] });
      saySaved(t('saved'));
      await onSaved(saved?.id ?? user?.id ?? '');
    });
  };

  return (
    <form onSubmit={save}>
      <Stack>
        <SimpleGrid cols={{ base: 1, sm: 2 }}>
          <TextInput
            label={t('first')}
            value={changes.first_name ?? user?.first_name ?? ''}
            onChange={(event) => set({ first_name: event.currentTarget.value })}
            disabled={!may('first_name')}
            autoComplete="off"
          />
          <TextInput
            label={t('last')}
            value={changes.last_name ?? user?.last_name ?? ''}
            onChange={(event) => set({ last_name: event.currentTarget.value })}
            disabled={!may('last_name')}
            autoComplete="off"
          />
          <TextInput
            label={t('email')}
            type="email"
            value={changes.email ?? user?.email ?? ''}
            onChange={(event) => set({ email: event.currentTarget.value })}
            disabled={!may('email')}
            autoComplete="off"
            required={user === null}
          />
          <Select
            label={t('status')}
            data={STATUSES.map((status) => ({ value: status, label: statusName(status) }))}
            value={changes.status ?? user?.status ?? 'active'}
            onChange={(status) => status && set({ status })}
            disabled={!may('status')}
            allowDeselect={false}
          />
          <Select
            label={t('role')}
            description={t('roleHint')}
            placeholder={t('noRole')}
            data={roles.map(({ id, name }) => ({ value: id, label: name }))}
            value={changes.role !== undefined ? changes.role : (user?.role?.id ?? null)}
            onChange={(role) => set({ role })}
            disabled={!may('role')}
            clearable
            searchable
          />
          {rights.admin && (
            <MultiSelect
              label={t('policies')}
              description={t('policiesHint')}
              data={policies.map(({ id, name }) => ({ value: id, label: name }))}
              value={[...(changes.policies ?? held)]}
              onChange={(chosen) => set({ policies: chosen })}
              searchable
              clearable
            />
          )}
        </SimpleGrid>
        {may('password') && (
          <NewPassword
            label={user ? t('newPassword') : t('password')}
            {...(user ? { hint: t('passwordNote') } : {})}
            value={changes.password ?? ''}
            onChange={(password) => set({ password })}
            required={false}
          />
        )}
        {may('token') && (
          <StaticToken
            stored={user && !rights.canField('read', USERS, 'token') ? null : Boolean(user?.token)}
            value={changes.token}
            onChange={(token) => {
              const { token: _, ...others } = changes;
              setChanges(token === undefined ? others : { ...others, token });
            }}
          />
        )}
        {failure !== null && <FailureNotice failure={failure} />}
        <Group justify="flex-end">
          <Button type="submit" loading={busy} disabled={Object.keys(changes).length === 0}>
            {user ? t('save') : t('create')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

/** Only what changed; policies as rows that are made and taken away. */
function bodyOf({ policies, password, ...others }: Changes, user: User | null): Record<string, unknown> {
  const held = user?.policies ?? [];
  const rows = policies && {
    create: policies.filter((id) => !held.some(({ policy }) => policy === id)).map((policy) => ({ policy })),
    delete: held.filter(({ policy }) => !policies.includes(policy)).map(({ id }) => id),
    update: [],
  };
  return { ...others, ...(password ? { password } : {}), ...(rows ? { policies: rows } : {}) };
}
