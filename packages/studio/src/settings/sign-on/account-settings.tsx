import { Button, Group, NumberInput, Select, Stack, Switch, TextInput } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { texts, useTexts } from '../../language/texts.tsx';
import { ask } from '../../session/api.ts';
import { useAttempt } from '../../ui/attempt.ts';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { Loading } from '../../ui/loading.tsx';
import { saySaved } from '../../ui/notice.ts';
import { Section } from '../../ui/section.tsx';
import { rolesQuery } from '../../users/user.ts';

const TEXTS = texts(
  {
    title: 'Accounts',
    about: 'Who may register, and what passwords have to be like.',
    project: 'Name of the project',
    url: 'Address of the project, shown to people',
    registration: 'Anybody may register',
    verify: 'The address has to be verified by mail first',
    role: 'Role of whoever registers',
    noRole: 'No role: signed in, and nothing else',
    policy: 'Password policy',
    policyHint: 'A regular expression between slashes, such as /^.{12,}$/ for twelve characters.',
    none: 'No policy',
    weak: 'Eight characters',
    strong: 'Twelve characters with letters, digits and signs',
    own: 'Another one',
    pattern: 'Regular expression',
    attempts: 'Wrong passwords until an account is suspended',
    attemptsHint: 'Empty: never.',
    save: 'Save',
    saved: 'The settings are saved.',
  },
  {
    title: 'Konten',
    about: 'Wer sich registrieren darf und wie Passwörter sein müssen.',
    project: 'Name des Projekts',
    url: 'Adresse des Projekts, die Personen sehen',
    registration: 'Alle dürfen sich registrieren',
    verify: 'Die Adresse muss zuerst per E-Mail bestätigt werden',
    role: 'Rolle derer, die sich registrieren',
    noRole: 'Keine Rolle: angemeldet, und sonst nichts',
    policy: 'Passwortregel',
    policyHint: 'Ein regulärer Ausdruck zwischen Schrägstrichen, etwa /^.{12,}$/ für zwölf Zeichen.',
    none: 'Keine Regel',
    weak: 'Acht Zeichen',
    strong: 'Zwölf Zeichen mit Buchstaben, Ziffern und Sonderzeichen',
    own: 'Eine andere',
    pattern: 'Regulärer Ausdruck',
    attempts: 'Falsche Passwörter, bis ein Konto gesperrt wird',
    attemptsHint: 'Leer: nie.',
    save: 'Speichern',
    saved: 'Die Einstellungen sind gespeichert.',
  },
);

interface Settings {
  readonly project_name: string | null;
  readonly project_url: string | null;
  readonly public_registration: boolean;
  readonly public_registration_verify_email: boolean;
  readonly public_registration_role: string | null;
  readonly auth_password_policy: string | null;
  readonly auth_login_attempts: number | null;
}

const FIELDS = [
  ...['project_name', 'project_url', 'public_registration', 'public_registration_verify_email'],
  ...['public_registration_role', 'auth_password_policy', 'auth_login_attempts'],
];

const WEAK = '/^.{8,}$/';
const STRONG = "/(?=^.{12,}$)(?=.*\\d)(?=.*[a-z])(?=.*[A-Z])(?=.*[!@#$%^&*()_+}{';'?>.<,])(?!.*\\s).*$/";

export function AccountSettings() {
  const { data: settings, error } = useQuery({
    queryKey: ['settings'],
    queryFn: () => ask<Settings>('/settings', { params: { fields: FIELDS } }),
  });
  if (error) return <FailureNotice failure={error} />;
  if (!settings) return <Loading />;
  return <SettingsForm stored={settings} />;
}

function SettingsForm({ stored }: { readonly stored: Settings }) {
  const t = useTexts(TEXTS);
  const queries = useQueryClient();
  const { data: roles = [] } = useQuery(rolesQuery);
  const [changes, setChanges] = useState<Partial<Settings>>({});
  const { busy, failure, attempt } = useAttempt();
  const now = { ...stored, ...changes };
  const set = (part: Partial<Settings>) => setChanges({ ...changes, ...part });
  const policy = now.auth_password_policy;
  const kind = !policy ? 'none' : policy === WEAK ? 'weak' : policy === STRONG ? 'strong' : 'own';
  const [chosen, setChosen] = useState<string>(kind);

  const save = (event: FormEvent): void => {
    event.preventDefault();
    void attempt(async () => {
      await ask('/settings', { method: 'PATCH', body: changes });
      setChanges({});
      await queries.invalidateQueries({ queryKey: ['settings'] });
      await queries.invalidateQueries({ queryKey: ['project'] });
      saySaved(t('saved'));
    });
  };

  return (
    <Section title={t('title')} about={t('about')}>
      <form onSubmit={save}>
        <Stack>
          <TextInput
            label={t('project')}
            value={now.project_name ?? ''}
            onChange={(event) => set({ project_name: event.currentTarget.value })}
          />
          <TextInput
            label={t('url')}
            type="url"
            value={now.project_url ?? ''}
            onChange={(event) => set({ project_url: event.currentTarget.value || null })}
          />
          <Switch
            label={t('registration')}
            checked={now.public_registration}
            onChange={(event) => set({ public_registration: event.currentTarget.checked })}
          />
          {now.public_registration && (
            <>
              <Switch
                label={t('verify')}
                checked={now.public_registration_verify_email}
                onChange={(event) => set({ public_registration_verify_email: event.currentTarget.checked })}
              />
              <Select
                label={t('role')}
                placeholder={t('noRole')}
                data={roles.map(({ id, name }) => ({ value: id, label: name }))}
                value={now.public_registration_role}
                onChange={(role) => set({ public_registration_role: role })}
                clearable
              />
            </>
          )}
          <Select
            label={t('policy')}
            data={(['none', 'weak', 'strong', 'own'] as const).map((value) => ({ value, label: t(value) }))}
            value={chosen}
            onChange={(value) => {
              setChosen(value ?? 'none');
              if (value === 'none') set({ auth_password_policy: null });
              if (value === 'weak') set({ auth_password_policy: WEAK });
              if (value === 'strong') set({ auth_password_policy: STRONG });
            }}
            allowDeselect={false}
          />
          {chosen === 'own' && (
            <TextInput
              label={t('pattern')}
              description={t('policyHint')}
              value={policy ?? ''}
              onChange={(event) => set({ auth_password_policy: event.currentTarget.value || null })}
              ff="monospace"
            />
          )}
          <NumberInput
            label={t('attempts')}
            description={t('attemptsHint')}
            min={1}
            value={now.auth_login_attempts ?? ''}
            onChange={(value) => set({ auth_login_attempts: value === '' ? null : Number(value) })}
          />
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
