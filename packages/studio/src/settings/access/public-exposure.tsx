import { Alert, List } from '@mantine/core';
import { IconWorld } from '@tabler/icons-react';
import { useQueries } from '@tanstack/react-query';
import { texts, useTexts } from '../../language/texts.tsx';
import { type Permission, permissionsOfQuery, reachOf } from './access.ts';

const TEXTS = texts(
  {
    title: 'What everybody may do, without signing in',
    nothing: 'Nothing: the public policies hold no permissions.',
    all: 'everything',
    some: 'some items or fields',
  },
  {
    title: 'Was alle ohne Anmeldung dürfen',
    nothing: 'Nichts: die öffentlichen Richtlinien enthalten keine Rechte.',
    all: 'alles',
    some: 'einige Einträge oder Felder',
  },
);

/** Says plainly what the public policies expose. */
export function PublicExposure({ policies }: { readonly policies: readonly string[] }) {
  const t = useTexts(TEXTS);
  const results = useQueries({ queries: policies.map((policy) => permissionsOfQuery(policy)) });
  if (results.some(({ data }) => !data)) return null;
  const permissions: readonly Permission[] = results.flatMap(({ data }) => data ?? []);
  return (
    <Alert
      color={permissions.length > 0 ? 'yellow' : 'gray'}
      icon={<IconWorld aria-hidden />}
      title={t('title')}
      styles={{ title: { color: 'var(--mantine-color-text)' } }}
    >
      {permissions.length === 0 ? (
        t('nothing')
      ) : (
        <List size="sm">
          {permissions.map((permission) => (
            <List.Item key={permission.id}>
              <b>{permission.action}</b> {permission.collection}: {reachOf(permission) === 'all' ? t('all') : t('some')}
            </List.Item>
          ))}
        </List>
      )}
    </Alert>
  );
}
