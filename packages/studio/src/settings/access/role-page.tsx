import { Anchor, Breadcrumbs, Button, Group, MultiSelect, Select, Stack, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { texts, useTexts } from '../../language/texts.tsx';
import { ask } from '../../session/api.ts';
import { Loading } from '../../ui/loading.tsx';
import { saySaved } from '../../ui/notice.ts';
import { Page } from '../../ui/page.tsx';
import { Section } from '../../ui/section.tsx';
import { type Attachment, accessPoliciesQuery, accessRolesQuery, attachmentsQuery, type Role } from './access.ts';
import type { Change } from './preview.ts';
import { PreviewDialog } from './preview-dialog.tsx';

const TEXTS = texts(
  {
    list: 'Access control',
    name: 'Name',
    description: 'Description',
    parent: 'Below the role',
    top: 'No role above it',
    policies: 'Policies',
    policiesHint: 'What people of this role may do. Open a policy to change what is in it.',
    details: 'Details',
    save: 'Review and save',
    saved: 'The role is saved.',
    remove: 'Delete',
    removed: 'The role is deleted.',
    people: 'People',
    peopleAbout: '{count} users have this role.',
    showPeople: 'Show them',
  },
  {
    list: 'Zugriffssteuerung',
    name: 'Name',
    description: 'Beschreibung',
    parent: 'Unter der Rolle',
    top: 'Keine Rolle darüber',
    policies: 'Richtlinien',
    policiesHint: 'Was Personen dieser Rolle dürfen. Öffnen Sie eine Richtlinie, um zu ändern, was darin steht.',
    details: 'Angaben',
    save: 'Prüfen und speichern',
    saved: 'Die Rolle ist gespeichert.',
    remove: 'Löschen',
    removed: 'Die Rolle ist gelöscht.',
    people: 'Personen',
    peopleAbout: '{count} Benutzer haben diese Rolle.',
    showPeople: 'Anzeigen',
  },
);

export function RolePage() {
  const { id = '' } = useParams({ strict: false }) as { id?: string };
  const { data: roles } = useQuery(accessRolesQuery);
  const { data: attachments } = useQuery(attachmentsQuery);
  const role = roles?.find((one) => one.id === id);
  if (!role || !roles || !attachments) return <Loading />;
  return <RoleView key={JSON.stringify(role)} role={role} roles={roles} attachments={attachments} />;
}

interface Props {
  readonly role: Role;
  readonly roles: readonly Role[];
  readonly attachments: readonly Attachment[];
}

function RoleView({ role, roles, attachments }: Props) {
  const t = useTexts(TEXTS);
  const navigate = useNavigate();
  const { data: policies = [] } = useQuery(accessPoliciesQuery);
  const held = attachments.filter((one) => one.role === role.id);
  const [name, setName] = useState(role.name);
  const [description, setDescription] = useState(role.description ?? '');
  const [parent, setParent] = useState(role.parent);
  const [chosen, setChosen] = useState<readonly string[]>(held.map(({ policy }) => policy));
  const [changes, setChanges] = useState<readonly Change[] | null>(null);
  const { data: people } = useQuery({
    queryKey: ['users', 'of-role', role.id],
    queryFn: async () => {
      const params = { aggregate: { count: '*' }, filter: { role: { _eq: role.id } } };
      const [row] = await ask<{ count: number }[]>('/users', { params });
      return Number(row?.count ?? 0);
    },
  });

  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const attached = chosen.filter((policy) => !held.some((one) => one.policy === policy));
    const detached = held.filter(({ policy }) => !chosen.includes(policy)).map((one) => one.id);
    const data = { name, description: description || null, parent };
    setChanges([
      { action: 'update', collection: 'directus_roles', keys: [role.id], data },
      ...attached.map(
        (policy): Change => ({ action: 'create', collection: 'directus_access', data: { policy, role: role.id } }),
      ),
      ...(detached.length > 0 ? [{ action: 'delete', collection: 'directus_access', keys: detached } as const] : []),
    ]);
  };
  const removing = changes?.[0]?.action === 'delete';

  return (
    <Page
      title={role.name}
      trail={
        <Breadcrumbs mb={4}>
          <Anchor component={Link} to="/settings/access" size="sm">
            {t('list')}
          </Anchor>
        </Breadcrumbs>
      }
      actions={
        <Button
          color="red"
          variant="outline"
          onClick={() => setChanges([{ action: 'delete', collection: 'directus_roles', keys: [role.id] }])}
        >
          {t('remove')}
        </Button>
      }
    >
      <Section title={t('details')}>
        <form onSubmit={submit}>
          <Stack>
            <TextInput
              label={t('name')}
              value={name}
              onChange={(event) => setName(event.currentTarget.value)}
              required
            />
            <TextInput
              label={t('description')}
              value={description}
              onChange={(event) => setDescription(event.currentTarget.value)}
            />
            <Select
              label={t('parent')}
              placeholder={t('top')}
              data={roles.filter(({ id }) => id !== role.id).map((one) => ({ value: one.id, label: one.name }))}
              value={parent}
              onChange={setParent}
              clearable
            />
            <MultiSelect
              label={t('policies')}
              description={t('policiesHint')}
              data={policies.map((policy) => ({ value: policy.id, label: policy.name }))}
              value={[...chosen]}
              onChange={setChosen}
              searchable
            />
            <Group gap="xs">
              {policies
                .filter(({ id }) => chosen.includes(id))
                .map((policy) => (
                  <Anchor key={policy.id} component={Link} to={`/settings/access/policies/${policy.id}`} size="sm">
                    {policy.name}
                  </Anchor>
                ))}
            </Group>
            <Group justify="flex-end">
              <Button type="submit">{t('save')}</Button>
            </Group>
          </Stack>
        </form>
      </Section>
      <Section title={t('people')} about={people === undefined ? null : t('peopleAbout', { count: people })}>
        <Text size="sm">
          <Anchor component={Link} to="/users" search={{ role: role.id } as never}>
            {t('showPeople')}
          </Anchor>
        </Text>
      </Section>
      {changes && (
        <PreviewDialog
          changes={changes}
          onClose={() => setChanges(null)}
          onSaved={() => {
            setChanges(null);
            saySaved(removing ? t('removed') : t('saved'));
            if (removing) void navigate({ to: '/settings/access' });
          }}
        />
      )}
    </Page>
  );
}
