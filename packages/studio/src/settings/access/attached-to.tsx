import { Anchor, Button, Group, Select, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { texts, useTexts } from '../../language/texts.tsx';
import { saySaved } from '../../ui/notice.ts';
import { Section } from '../../ui/section.tsx';
import { type Attachment, accessRolesQuery, attachmentsQuery } from './access.ts';
import type { Change } from './preview.ts';
import { PreviewDialog } from './preview-dialog.tsx';

const TEXTS = texts(
  {
    title: 'Attached to',
    about: 'Whoever this policy is attached to may do what it says. Users get it in their own form.',
    none: 'Nobody yet: it has no effect.',
    public: 'The public: everybody, without signing in',
    user: 'A user',
    detach: 'Detach',
    attach: 'Attach to',
    choose: 'Choose a role or the public',
    saved: 'Saved, and in force at once.',
  },
  {
    title: 'Angehängt an',
    about: 'Wem diese Richtlinie angehängt ist, darf, was sie sagt. Benutzer bekommen sie in ihrem Formular.',
    none: 'Noch niemanden: sie hat keine Wirkung.',
    public: 'Die Öffentlichkeit: alle, ohne Anmeldung',
    user: 'Ein Benutzer',
    detach: 'Lösen',
    attach: 'Anhängen an',
    choose: 'Rolle oder Öffentlichkeit wählen',
    saved: 'Gespeichert, gilt sofort.',
  },
);

const PUBLIC = 'public';

/** Where a policy is attached; each change is looked at before it is saved. */
export function AttachedTo({ policy }: { readonly policy: string }) {
  const t = useTexts(TEXTS);
  const { data: roles = [] } = useQuery(accessRolesQuery);
  const { data: attachments = [] } = useQuery(attachmentsQuery);
  const [changes, setChanges] = useState<readonly Change[] | null>(null);
  const own = attachments.filter((one) => one.policy === policy);
  const free = roles.filter(({ id }) => !own.some(({ role }) => role === id));
  const isPublic = own.some(({ role, user }) => role === null && user === null);
  const nameOf = ({ role, user }: Attachment): string =>
    role ? (roles.find(({ id }) => id === role)?.name ?? role) : user ? t('user') : t('public');
  const placeOf = ({ role, user }: Attachment): string | null =>
    role ? `/settings/access/roles/${role}` : user ? `/users/${user}` : null;

  return (
    <Section title={t('title')} about={t('about')}>
      {own.length === 0 && <Text size="sm">{t('none')}</Text>}
      <Stack gap="xs">
        {own.map((one) => {
          const place = placeOf(one);
          return (
            <Group key={one.id} justify="space-between">
              {place ? (
                <Anchor component={Link} to={place} size="sm">
                  {nameOf(one)}
                </Anchor>
              ) : (
                <Text size="sm">{nameOf(one)}</Text>
              )}
              <Button
                size="xs"
                variant="default"
                aria-label={`${t('detach')}: ${nameOf(one)}`}
                onClick={() => setChanges([{ action: 'delete', collection: 'directus_access', keys: [one.id] }])}
              >
                {t('detach')}
              </Button>
            </Group>
          );
        })}
      </Stack>
      <Select
        label={t('attach')}
        placeholder={t('choose')}
        data={[
          ...free.map(({ id, name }) => ({ value: id, label: name })),
          ...(isPublic ? [] : [{ value: PUBLIC, label: t('public') }]),
        ]}
        value={null}
        onChange={(chosen) =>
          chosen &&
          setChanges([
            {
              action: 'create',
              collection: 'directus_access',
              data: { policy, role: chosen === PUBLIC ? null : chosen, user: null },
            },
          ])
        }
        searchable
      />
      {changes && (
        <PreviewDialog
          changes={changes}
          onClose={() => setChanges(null)}
          onSaved={() => {
            setChanges(null);
            saySaved(t('saved'));
          }}
        />
      )}
    </Section>
  );
}
