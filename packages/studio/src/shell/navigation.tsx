import { NavLink, Stack, Text } from '@mantine/core';
import {
  IconActivity,
  IconApi,
  IconBox,
  IconDatabaseCog,
  IconFolder,
  IconKey,
  IconLock,
  IconLogs,
  IconUsers,
} from '@tabler/icons-react';
import { Link, useRouterState } from '@tanstack/react-router';
import type { ComponentType } from 'react';
import { titleOf, useModel } from '../content/model.ts';
import { shownCollections } from '../content/shown-collections.ts';
import { texts, useLanguage, useTexts } from '../language/texts.tsx';
import { useRights } from '../session/permissions.ts';

const TEXTS = texts(
  {
    content: 'Content',
    people: 'People',
    users: 'Users',
    files: 'Files',
    settings: 'Settings',
    model: 'Data model',
    access: 'Access control',
    signOn: 'Sign-on',
    watch: 'Watch',
    activity: 'Activity',
    logs: 'Logs',
    explorer: 'API explorer',
    none: 'No collections yet',
  },
  {
    content: 'Inhalte',
    people: 'Personen',
    users: 'Benutzer',
    files: 'Dateien',
    settings: 'Einstellungen',
    model: 'Datenmodell',
    access: 'Zugriffssteuerung',
    signOn: 'Anmeldung',
    watch: 'Beobachten',
    activity: 'Aktivität',
    logs: 'Protokolle',
    explorer: 'API-Explorer',
    none: 'Noch keine Sammlungen',
  },
);

/** The pages that the signed-in person can do something with. */
export function Navigation() {
  const t = useTexts(TEXTS);
  const { language } = useLanguage();
  const model = useModel();
  const rights = useRights();
  const collections = shownCollections(model, rights);

  return (
    <Stack gap={4}>
      <Heading>{t('content')}</Heading>
      {collections.length === 0 && (
        <Text size="sm" c="dimmed" px="sm">
          {t('none')}
        </Text>
      )}
      {collections.map(({ collection, meta }) => (
        <Place
          key={collection}
          to={`/content/${collection}`}
          label={titleOf(collection, language, meta?.translations)}
          icon={IconBox}
        />
      ))}
      {rights.can('read', 'directus_files') && <Place to="/files" label={t('files')} icon={IconFolder} />}
      {rights.can('read', 'directus_users') && <Place to="/users" label={t('users')} icon={IconUsers} />}
      {rights.can('read', 'directus_activity') && <Place to="/activity" label={t('activity')} icon={IconActivity} />}
      <Place to="/explorer" label={t('explorer')} icon={IconApi} />
      {rights.admin && (
        <>
          <Heading>{t('settings')}</Heading>
          <Place to="/settings/data-model" label={t('model')} icon={IconDatabaseCog} />
          <Place to="/settings/access" label={t('access')} icon={IconLock} />
          <Place to="/settings/sign-on" label={t('signOn')} icon={IconKey} />
          <Place to="/logs" label={t('logs')} icon={IconLogs} />
        </>
      )}
    </Stack>
  );
}

function Heading({ children }: { readonly children: string }) {
  return (
    <Text size="xs" fw={700} tt="uppercase" c="dimmed" px="sm" pt="sm" component="h2" m={0}>
      {children}
    </Text>
  );
}

interface PlaceProps {
  readonly to: string;
  readonly label: string;
  readonly icon: ComponentType<{ readonly size?: number; readonly 'aria-hidden'?: boolean }>;
}

function Place({ to, label, icon: Icon }: PlaceProps) {
  const path = useRouterState({ select: (state) => state.location.pathname });
  const here = path === to || path.startsWith(`${to}/`);
  return (
    <NavLink
      component={Link}
      to={to}
      label={label}
      active={here}
      aria-current={here ? 'page' : undefined}
      leftSection={<Icon size={18} aria-hidden />}
      style={{ borderRadius: 8 }}
    />
  );
}
