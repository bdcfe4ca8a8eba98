import { Alert, Anchor, Breadcrumbs, Button, Group, Stack, Switch, TagsInput, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { texts, useTexts } from '../../language/texts.tsx';
import { Loading } from '../../ui/loading.tsx';
import { saySaved } from '../../ui/notice.ts';
import { Page } from '../../ui/page.tsx';
import { Section } from '../../ui/section.tsx';
import { accessPoliciesQuery, type Permission, type Policy, permissionsOfQuery } from './access.ts';
import { AttachedTo } from './attached-to.tsx';
import { Matrix } from './matrix.tsx';
import type { Change } from './preview.ts';
import { PreviewDialog } from './preview-dialog.tsx';

const TEXTS = texts(
  {
    list: 'Access control',
    details: 'Details',
    name: 'Name',
    description: 'Description',
    admin: 'Administrates everything',
    adminHint: 'No permission is asked for any more, and every setting can be changed.',
    app: 'May use the Studio',
    tfa: 'Has to have a second factor',
    ips: 'Only from these addresses',
    ipsHint: 'Like 203.0.113.7, 10.0.0.0/8 or 10.0.0.1-10.0.0.9. Empty: from everywhere.',
    permissions: 'Permissions',
    permissionsAbout: 'What may be done with which collection. Changes are collected, and shown before they are saved.',
    adminNote: 'Whoever has this policy administrates everything; single permissions change nothing for them.',
    save: 'Review and save',
    saved: 'The policy is saved, and in force at once.',
    remove: 'Delete',
    removed: 'The policy is deleted.',
  },
  {
    list: 'Zugriffssteuerung',
    details: 'Angaben',
    name: 'Name',
    description: 'Beschreibung',
    admin: 'Verwaltet alles',
    adminHint: 'Nach keinem Recht wird mehr gefragt, und jede Einstellung kann geändert werden.',
    app: 'Darf das Studio benutzen',
    tfa: 'Muss einen zweiten Faktor haben',
    ips: 'Nur von diesen Adressen',
    ipsHint: 'Wie 203.0.113.7, 10.0.0.0/8 oder 10.0.0.1-10.0.0.9. Leer: von überall.',
    permissions: 'Rechte',
    permissionsAbout:
      'Was mit welcher Sammlung getan werden darf. Änderungen werden gesammelt und vor dem Speichern gezeigt.',
    adminNote: 'Wer diese Richtlinie hat, verwaltet alles; einzelne Rechte ändern für sie nichts.',
    save: 'Prüfen und speichern',
    saved: 'Die Richtlinie ist gespeichert und gilt sofort.',
    remove: 'Löschen',
    removed: 'Die Richtlinie ist gelöscht.',
  },
);

export function PolicyPage() {
  const { id = '' } = useParams({ strict: false }) as { id?: string };
  const { data: policies } = useQuery(accessPoliciesQuery);
  const { data: permissions } = useQuery(permissionsOfQuery(id));
  const policy = policies?.find((one) => one.id === id);
  if (!policy || !permissions) return <Loading />;
  return <PolicyView key={JSON.stringify([policy, permissions])} policy={policy} stored={permissions} />;
}

function PolicyView({ policy, stored }: { readonly policy: Policy; readonly stored: readonly Permission[] }) {
  const t = useTexts(TEXTS);
  const navigate = useNavigate();
  const [draft, setDraft] = useState<Policy>(policy);
  const [permissions, setPermissions] = useState<readonly Permission[]>(stored);
  const [changes, setChanges] = useState<readonly Change[] | null>(null);
  const set = (part: Partial<Policy>) => setDraft({ ...draft, ...part });
  const change = changeOf(policy, draft, stored, permissions);
  const removing = changes?.[0]?.action === 'delete';

  return (
    <Page
      title={policy.name}
      trail={
        <Breadcrumbs mb={4}>
          <Anchor component={Link} to="/settings/access" size="sm">
            {t('list')}
          </Anchor>
        </Breadcrumbs>
      }
      actions={
        <>
          <Button
            color="red"
            variant="outline"
            onClick={() => setChanges([{ action: 'delete', collection: 'directus_policies', keys: [policy.id] }])}
          >
            {t('remove')}
          </Button>
          <Button disabled={change === null} onClick={() => change && setChanges([change])}>
            {t('save')}
          </Button>
        </>
      }
    >
      <Section title={t('details')}>
        <Stack>
          <TextInput
            label={t('name')}
            value={draft.name}
            onChange={(event) => set({ name: event.currentTarget.value })}
            required
          />
          <TextInput
            label={t('description')}
            value={draft.description ?? ''}
            onChange={(event) => set({ description: event.currentTarget.value || null })}
          />
          <Switch
            label={t('app')}
            checked={draft.app_access}
            onChange={(event) => set({ app_access: event.currentTarget.checked })}
          />
          <Switch
            label={t('tfa')}
            checked={draft.enforce_tfa}
            onChange={(event) => set({ enforce_tfa: event.currentTarget.checked })}
          />
          <Switch
            label={t('admin')}
            description={t('adminHint')}
            checked={draft.admin_access}
            onChange={(event) => set({ admin_access: event.currentTarget.checked })}
          />
          <TagsInput
            label={t('ips')}
            description={t('ipsHint')}
            value={[...(draft.ip_access ?? [])]}
            onChange={(ips) => set({ ip_access: ips.length > 0 ? ips : null })}
          />
        </Stack>
      </Section>
      <AttachedTo policy={policy.id} />
      <Section title={t('permissions')} about={t('permissionsAbout')}>
        {draft.admin_access && <Alert>{t('adminNote')}</Alert>}
        <Matrix permissions={permissions} onChange={setPermissions} />
        <Group justify="flex-end">
          <Button disabled={change === null} onClick={() => change && setChanges([change])}>
            {t('save')}
          </Button>
        </Group>
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

const FLAGS = ['name', 'description', 'app_access', 'admin_access', 'enforce_tfa', 'ip_access'] as const;

/** What differs, as one update of the policy; null when nothing does. */
function changeOf(
  before: Policy,
  after: Policy,
  stored: readonly Permission[],
  wanted: readonly Permission[],
): Change | null {
  const flags = Object.fromEntries(
    FLAGS.filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name])).map((name) => [
      name,
      after[name],
    ]),
  );
  const byId = new Map(stored.map((one) => [one.id, JSON.stringify(one)]));
  const create = wanted.filter(({ id }) => id === undefined);
  const update = wanted.filter((one) => one.id !== undefined && byId.get(one.id) !== JSON.stringify(one));
  const kept = new Set(wanted.map(({ id }) => id));
  const gone = stored.flatMap(({ id }) => (id === undefined || kept.has(id) ? [] : [id]));
  const some = create.length + update.length + gone.length > 0;
  if (!some && Object.keys(flags).length === 0) return null;
  const rows = { create, update: update.map(rowOf), delete: gone };
  return {
    action: 'update',
    collection: 'directus_policies',
    keys: [before.id],
    data: some ? { ...flags, permissions: rows } : flags,
  };
}

/** What a stored permission is changed to; what it is about stays. */
const rowOf = ({ id, permissions, fields, validation, presets }: Permission) => ({
  id,
  permissions,
  fields,
  validation,
  presets,
});
