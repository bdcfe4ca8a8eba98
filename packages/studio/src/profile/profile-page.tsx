import { Button, Group, Select, SimpleGrid, Stack, TextInput, useMantineColorScheme } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { NewPassword } from '../entry/new-password.tsx';
import { isLanguage, LANGUAGES, languageOf } from '../language/language.ts';
import { texts, useLanguage, useTexts } from '../language/texts.tsx';
import { ask } from '../session/api.ts';
import { meQuery } from '../session/me.ts';
import { useRights } from '../session/permissions.ts';
import { useMe } from '../session/session.tsx';
import { useAttempt } from '../ui/attempt.ts';
import { FailureNotice } from '../ui/failure-notice.tsx';
import { saySaved } from '../ui/notice.ts';
import { Page } from '../ui/page.tsx';
import { Section } from '../ui/section.tsx';
import { SessionsSection } from '../users/sessions-section.tsx';
import { StaticToken } from '../users/static-token.tsx';
import { TokensSection } from '../users/tokens-section.tsx';
import { IdentitiesSection } from './identities-section.tsx';
import { PasskeysSection } from './passkeys-section.tsx';
import { SecondFactorSection } from './second-factor-section.tsx';

const TEXTS = texts(
  {
    title: 'My profile',
    details: 'Details',
    first: 'First name',
    last: 'Last name',
    email: 'E-mail',
    language: 'Language',
    browser: 'Like the browser',
    look: 'Look',
    auto: 'Like the system',
    light: 'Light',
    dark: 'Dark',
    password: 'New password (leave it empty to keep yours)',
    passwordNote: 'A new password ends all your other sessions.',
    save: 'Save',
    saved: 'Your profile is saved.',
  },
  {
    title: 'Mein Profil',
    details: 'Angaben',
    first: 'Vorname',
    last: 'Nachname',
    email: 'E-Mail',
    language: 'Sprache',
    browser: 'Wie der Browser',
    look: 'Aussehen',
    auto: 'Wie das System',
    light: 'Hell',
    dark: 'Dunkel',
    password: 'Neues Passwort (leer lassen, um Ihres zu behalten)',
    passwordNote: 'Ein neues Passwort beendet alle Ihre anderen Sitzungen.',
    save: 'Speichern',
    saved: 'Ihr Profil ist gespeichert.',
  },
);

const USERS = 'directus_users';

interface OwnUser {
  readonly first_name?: string | null;
  readonly last_name?: string | null;
  readonly email?: string | null;
  readonly language?: string | null;
  readonly appearance?: 'auto' | 'light' | 'dark' | null;
  readonly token?: string | null;
}

export function ProfilePage() {
  const t = useTexts(TEXTS);
  return (
    <Page title={t('title')}>
      <Details />
      <SecondFactorSection />
      <PasskeysSection />
      <TokensSection user="me" />
      <SessionsSection user="me" />
      <IdentitiesSection />
    </Page>
  );
}

type Changes = Partial<OwnUser> & { password?: string };

function Details() {
  const t = useTexts(TEXTS);
  const me = useMe() as OwnUser & { id: string };
  const queries = useQueryClient();
  const { speak } = useLanguage();
  const { setColorScheme } = useMantineColorScheme();
  const rights = useRights();
  const [changes, setChanges] = useState<Changes>({});
  const { busy, failure, attempt } = useAttempt();
  const may = (field: string) => rights.canField('update', USERS, field);
  const { data: reading } = useQuery(meQuery);
  const stored: OwnUser = (reading as OwnUser | null) ?? me;
  const value = (field: 'first_name' | 'last_name' | 'email') => changes[field] ?? stored[field] ?? '';
  const set = (part: Changes) => setChanges({ ...changes, ...part });

  const save = (event: FormEvent): void => {
    event.preventDefault();
    void attempt(async () => {
      const { password, ...others } = changes;
      await ask('/users/me', { method: 'PATCH', body: password ? { ...others, password } : others });
      const language = languageOf(changes.language);
      if (language) speak(language);
      if (changes.appearance) setColorScheme(changes.appearance);
      setChanges({});
      await queries.invalidateQueries({ queryKey: meQuery.queryKey });
      saySaved(t('saved'));
    });
  };

  const language = languageOf(changes.language ?? stored.language);
  return (
    <Section title={t('details')}>
      <form onSubmit={save}>
        <Stack>
          <SimpleGrid cols={{ base: 1, sm: 2 }}>
            <TextInput
              label={t('first')}
              autoComplete="given-name"
              value={value('first_name')}
              onChange={(event) => set({ first_name: event.currentTarget.value })}
              disabled={!may('first_name')}
            />
            <TextInput
              label={t('last')}
              autoComplete="family-name"
              value={value('last_name')}
              onChange={(event) => set({ last_name: event.currentTarget.value })}
              disabled={!may('last_name')}
            />
            <TextInput
              label={t('email')}
              type="email"
              autoComplete="email"
              value={value('email')}
              onChange={(event) => set({ email: event.currentTarget.value })}
              disabled={!may('email')}
            />
            <Select
              label={t('language')}
              placeholder={t('browser')}
              data={Object.entries(LANGUAGES).map(([tag, label]) => ({ value: tag, label }))}
              value={language}
              onChange={(tag) => tag && isLanguage(tag) && set({ language: TAGS[tag] })}
              disabled={!may('language')}
              allowDeselect={false}
            />
            <Select
              label={t('look')}
              data={(['auto', 'light', 'dark'] as const).map((look) => ({ value: look, label: t(look) }))}
              value={changes.appearance ?? stored.appearance ?? 'auto'}
              onChange={(look) => set({ appearance: look as OwnUser['appearance'] })}
              disabled={!may('appearance')}
              allowDeselect={false}
            />
          </SimpleGrid>
          {may('password') && (
            <NewPassword
              label={t('password')}
              hint={t('passwordNote')}
              value={changes.password ?? ''}
              onChange={(password) => set({ password })}
              required={false}
            />
          )}
          {may('token') && (
            <StaticToken
              stored={rights.canField('read', USERS, 'token') ? Boolean(stored.token) : null}
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
              {t('save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Section>
  );
}

/** What is stored of a language: a tag of BCP 47 that other apps know too. */
const TAGS = { en: 'en-US', de: 'de-DE' } as const;
