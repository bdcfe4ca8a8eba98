import { Anchor, Badge, Button, Group, List, Modal, Select, Stack, Text, TextInput } from '@mantine/core';
import { IconPlus, IconUsersGroup } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { texts, useTexts } from '../../language/texts.tsx';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { Loading } from '../../ui/loading.tsx';
import { Page } from '../../ui/page.tsx';
import { Section } from '../../ui/section.tsx';
import { accessPoliciesQuery, accessRolesQuery, attachmentsQuery, type Role } from './access.ts';
import type { Change } from './preview.ts';
import { PreviewDialog } from './preview-dialog.tsx';
import { PublicExposure } from './public-exposure.tsx';

const TEXTS = texts(
  {
    title: 'Access control',
    about:
      'A role says who somebody is here. Policies say what may be done, and are attached to roles, to single users or to the public.',
    why: 'Why may they?',
    roles: 'Roles',
    rolesAbout: 'A role has the policies of the roles above it, too.',
    newRole: 'New role',
    policies: 'Policies',
    policiesAbout: 'A policy is a set of permissions that can be attached wherever they are needed.',
    newPolicy: 'New policy',
    noPolicies: 'No policies yet.',
    noRoles: 'No roles yet.',
    admin: 'administrates everything',
    app: 'Studio',
    public: 'public',
    name: 'Name',
    parent: 'Below the role',
    top: 'No role above it',
    create: 'Create',
    cancel: 'Cancel',
  },
  {
    title: 'Zugriffssteuerung',
    about:
      'Eine Rolle sagt, wer jemand hier ist. Richtlinien sagen, was getan werden darf, und hängen an Rollen, einzelnen Benutzern oder der Öffentlichkeit.',
    why: 'Warum dürfen sie?',
    roles: 'Rollen',
    rolesAbout: 'Eine Rolle hat auch die Richtlinien der Rollen über ihr.',
    newRole: 'Neue Rolle',
    policies: 'Richtlinien',
    policiesAbout:
      'Eine Richtlinie ist ein Bündel von Rechten, das überall angehängt werden kann, wo es gebraucht wird.',
    newPolicy: 'Neue Richtlinie',
    noPolicies: 'Noch keine Richtlinien.',
    noRoles: 'Noch keine Rollen.',
    admin: 'verwaltet alles',
    app: 'Studio',
    public: 'öffentlich',
    name: 'Name',
    parent: 'Unter der Rolle',
    top: 'Keine Rolle darüber',
    create: 'Anlegen',
    cancel: 'Abbrechen',
  },
);

export function AccessPage() {
  const t = useTexts(TEXTS);
  const { data: roles, error } = useQuery(accessRolesQuery);
  const { data: policies } = useQuery(accessPoliciesQuery);
  const { data: attachments } = useQuery(attachmentsQuery);
  const [creating, setCreating] = useState<'role' | 'policy' | null>(null);
  const publicOnes = new Set(
    (attachments ?? []).filter(({ role, user }) => role === null && user === null).map(({ policy }) => policy),
  );
  return (
    <Page
      title={t('title')}
      about={t('about')}
      actions={
        <Button component={Link} to="/settings/access/why" variant="default">
          {t('why')}
        </Button>
      }
    >
      {error && <FailureNotice failure={error} />}
      {publicOnes.size > 0 && <PublicExposure policies={[...publicOnes]} />}
      <Section
        title={t('roles')}
        about={t('rolesAbout')}
        actions={
          <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setCreating('role')}>
            {t('newRole')}
          </Button>
        }
      >
        {!roles && !error && <Loading />}
        {roles?.length === 0 && <Text size="sm">{t('noRoles')}</Text>}
        {roles && <Branch roles={roles} parent={null} />}
      </Section>
      <Section
        title={t('policies')}
        about={t('policiesAbout')}
        actions={
          <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setCreating('policy')}>
            {t('newPolicy')}
          </Button>
        }
      >
        {policies?.length === 0 && <Text size="sm">{t('noPolicies')}</Text>}
        <Stack gap="xs">
          {policies?.map((policy) => (
            <Group key={policy.id} gap="xs">
              <Anchor component={Link} to={`/settings/access/policies/${policy.id}`} size="sm">
                {policy.name}
              </Anchor>
              {policy.admin_access && <Mark color="red" text={t('admin')} />}
              {policy.app_access && <Mark color="gray" text={t('app')} />}
              {publicOnes.has(policy.id) && <Mark color="yellow" text={t('public')} />}
            </Group>
          ))}
        </Stack>
      </Section>
      {creating && <CreateDialog kind={creating} roles={roles ?? []} onClose={() => setCreating(null)} />}
    </Page>
  );
}

function Mark({ color, text }: { readonly color: string; readonly text: string }) {
  return (
    <Badge size="sm" variant="outline" color={color} styles={{ label: { color: 'var(--mantine-color-text)' } }}>
      {text}
    </Badge>
  );
}

/** Roles below a role. One whose parent is not to be seen stands at the top. */
function Branch({ roles, parent }: { readonly roles: readonly Role[]; readonly parent: string | null }) {
  const known = new Set(roles.map(({ id }) => id));
  const here = roles.filter((role) => (role.parent && known.has(role.parent) ? role.parent : null) === parent);
  if (here.length === 0) return null;
  return (
    <List
      listStyleType="none"
      spacing={6}
      withPadding={parent !== null}
      icon={<IconUsersGroup size={16} aria-hidden />}
    >
      {here.map((role) => (
        <List.Item key={role.id}>
          <Anchor component={Link} to={`/settings/access/roles/${role.id}`} size="sm">
            {role.name}
          </Anchor>
          {role.description && (
            <Text size="xs" c="dimmed">
              {role.description}
            </Text>
          )}
          <Branch roles={roles} parent={role.id} />
        </List.Item>
      ))}
    </List>
  );
}

interface CreateProps {
  readonly kind: 'role' | 'policy';
  readonly roles: readonly Role[];
  readonly onClose: () => void;
}

function CreateDialog({ kind, roles, onClose }: CreateProps) {
  const t = useTexts(TEXTS);
  const navigate = useNavigate();
  const [name, setName] = useState('');
  const [parent, setParent] = useState<string | null>(null);
  const [changes, setChanges] = useState<readonly Change[] | null>(null);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const data = kind === 'role' ? { name, parent } : { name };
    setChanges([{ action: 'create', collection: kind === 'role' ? 'directus_roles' : 'directus_policies', data }]);
  };
  if (changes)
    return (
      <PreviewDialog
        changes={changes}
        onClose={() => setChanges(null)}
        onSaved={([made]) => {
          const { id } = made as { id: string };
          void navigate({ to: `/settings/access/${kind === 'role' ? 'roles' : 'policies'}/${id}` });
        }}
      />
    );
  return (
    <Modal opened onClose={onClose} title={kind === 'role' ? t('newRole') : t('newPolicy')}>
      <form onSubmit={submit}>
        <Stack>
          <TextInput
            label={t('name')}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            data-autofocus
            required
          />
          {kind === 'role' && roles.length > 0 && (
            <Select
              label={t('parent')}
              placeholder={t('top')}
              data={roles.map((role) => ({ value: role.id, label: role.name }))}
              value={parent}
              onChange={setParent}
              clearable
            />
          )}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('cancel')}
            </Button>
            <Button type="submit">{t('create')}</Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
