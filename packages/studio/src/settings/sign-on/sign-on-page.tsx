import { Anchor, Badge, Button, Group, Stack, Table, Text } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { texts, useTexts } from '../../language/texts.tsx';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { Loading } from '../../ui/loading.tsx';
import { Page } from '../../ui/page.tsx';
import { Section } from '../../ui/section.tsx';
import { AccountSettings } from './account-settings.tsx';
import { providersQuery, type SetUpProvider } from './provider.ts';

const TEXTS = texts(
  {
    title: 'Sign-on',
    about: 'How people get in, beside the passwords of this project.',
    providers: 'Providers',
    providersAbout:
      'Google, GitHub, Microsoft, Keycloak, a directory of your company: whoever they know signs in with one click.',
    add: 'Set up a provider',
    name: 'Name',
    driver: 'Kind',
    source: 'Set up in',
    environment: 'the environment',
    project: 'this project',
    state: 'State',
    ready: 'ready',
    disabled: 'disabled',
    unreadable: 'not readable (SECRET was changed)',
    invalid: 'not valid',
    shadowed: 'shadowed by the environment',
    none: 'None yet. People sign in with e-mail and password, or with passkeys.',
  },
  {
    title: 'Anmeldung',
    about: 'Wie Personen hereinkommen, neben den Passwörtern dieses Projekts.',
    providers: 'Anbieter',
    providersAbout:
      'Google, GitHub, Microsoft, Keycloak, ein Verzeichnis Ihrer Firma: wen sie kennen, meldet sich mit einem Klick an.',
    add: 'Anbieter einrichten',
    name: 'Name',
    driver: 'Art',
    source: 'Eingerichtet in',
    environment: 'der Umgebung',
    project: 'diesem Projekt',
    state: 'Zustand',
    ready: 'bereit',
    disabled: 'abgeschaltet',
    unreadable: 'nicht lesbar (SECRET wurde geändert)',
    invalid: 'ungültig',
    shadowed: 'von der Umgebung verdeckt',
    none: 'Noch keine. Angemeldet wird mit E-Mail und Passwort oder mit Passkeys.',
  },
);

export function SignOnPage() {
  const t = useTexts(TEXTS);
  const { data: providers, error } = useQuery(providersQuery);
  return (
    <Page title={t('title')} about={t('about')}>
      <Section
        title={t('providers')}
        about={t('providersAbout')}
        actions={
          <Button component={Link} to="/settings/sign-on/+" leftSection={<IconPlus size={16} aria-hidden />}>
            {t('add')}
          </Button>
        }
      >
        {error && <FailureNotice failure={error} />}
        {!providers && !error && <Loading />}
        {providers?.length === 0 && <Text size="sm">{t('none')}</Text>}
        {providers && providers.length > 0 && <Providers providers={providers} />}
      </Section>
      <AccountSettings />
    </Page>
  );
}

function Providers({ providers }: { readonly providers: readonly SetUpProvider[] }) {
  const t = useTexts(TEXTS);
  return (
    <Table.ScrollContainer minWidth={560}>
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('name')}</Table.Th>
            <Table.Th>{t('driver')}</Table.Th>
            <Table.Th>{t('source')}</Table.Th>
            <Table.Th>{t('state')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {providers.map((provider) => (
            <Table.Tr key={`${provider.source} ${provider.name}`}>
              <Table.Td>
                <Anchor component={Link} to={`/settings/sign-on/${encodeURIComponent(provider.name)}`} size="sm">
                  {provider.label || provider.name}
                </Anchor>
              </Table.Td>
              <Table.Td>{provider.driver}</Table.Td>
              <Table.Td>{provider.source === 'environment' ? t('environment') : t('project')}</Table.Td>
              <Table.Td>
                <Stack gap={2}>
                  <Group>
                    <Badge
                      variant="outline"
                      color={provider.state === 'ready' ? 'threshold' : provider.state === 'disabled' ? 'gray' : 'red'}
                      styles={{ label: { color: 'var(--mantine-color-text)' } }}
                    >
                      {t(provider.state)}
                    </Badge>
                  </Group>
                  {provider.problem && <Text size="xs">{provider.problem}</Text>}
                </Stack>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
