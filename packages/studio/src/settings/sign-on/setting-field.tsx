import { JsonInput, PasswordInput, Select, Switch, Textarea, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { texts, useTexts } from '../../language/texts.tsx';
import { rolesQuery } from '../../users/user.ts';
import type { SettingInput } from './provider.ts';

/** What a setting is for; each is named as in the documentation. */
const HELP = texts(
  {
    client_id: 'What the provider calls this project.',
    client_secret: 'What the provider gave you to prove it. It is written, never shown.',
    issuer_url: 'Where the provider is: https://accounts.google.com',
    authorize_url: 'Where people sign in.',
    access_url: 'Where codes become tokens.',
    profile_url: 'Where the profile is read.',
    redirect_allow_list: 'Pages that people may come back to, one per line. The Studio needs none.',
    allow_public_registration: 'Whoever signs in and is unknown gets an account.',
    default_role_id: 'The role of new accounts.',
    sync_user_info: 'Names follow the provider at every sign-in.',
    require_verified_email: 'Only people whose address the provider has verified.',
    scope: 'What is asked for: openid profile email',
    identifier_key: 'The claim that never changes for a person: sub',
    email_key: 'The claim with the address: email',
    first_name_key: 'The claim with the first name.',
    last_name_key: 'The claim with the last name.',
    group_claim_name: 'The claim with the groups: groups',
    role_mapping: 'Which group has which role: {"staff": "<id of the role>"}',
    idp_metadata: 'The metadata of the identity provider, as XML.',
    sp_metadata: 'The metadata of this service, as XML.',
    client_url: 'ldaps://directory.example.com',
    bind_dn: 'Who looks people up: cn=reader,dc=example,dc=com',
    bind_password: 'The password of that account. It is written, never shown.',
    user_dn: 'Where people are: ou=people,dc=example,dc=com',
    user_attribute: 'What they sign in with: cn, uid, sAMAccountName',
    user_scope: 'one, or sub for everything below',
    mail_attribute: 'mail',
    first_name_attribute: 'givenName',
    last_name_attribute: 'sn',
    group_dn: 'Where groups are; their names are those of roles.',
    group_attribute: 'member',
    yes: 'Yes',
    notJson: 'This is no JSON.',
  },
  {
    client_id: 'Wie der Anbieter dieses Projekt nennt.',
    client_secret: 'Womit es sich ausweist. Es wird geschrieben, nie gezeigt.',
    issuer_url: 'Wo der Anbieter ist: https://accounts.google.com',
    authorize_url: 'Wo Personen sich anmelden.',
    access_url: 'Wo aus Codes Tokens werden.',
    profile_url: 'Wo das Profil gelesen wird.',
    redirect_allow_list: 'Seiten, zu denen zurückgekehrt werden darf, eine je Zeile. Das Studio braucht keine.',
    allow_public_registration: 'Wer sich anmeldet und unbekannt ist, bekommt ein Konto.',
    default_role_id: 'Die Rolle neuer Konten.',
    sync_user_info: 'Namen folgen dem Anbieter bei jeder Anmeldung.',
    require_verified_email: 'Nur Personen, deren Adresse der Anbieter bestätigt hat.',
    scope: 'Wonach gefragt wird: openid profile email',
    identifier_key: 'Die Angabe, die sich für eine Person nie ändert: sub',
    email_key: 'Die Angabe mit der Adresse: email',
    first_name_key: 'Die Angabe mit dem Vornamen.',
    last_name_key: 'Die Angabe mit dem Nachnamen.',
    group_claim_name: 'Die Angabe mit den Gruppen: groups',
    role_mapping: 'Welche Gruppe welche Rolle hat: {"staff": "<ID der Rolle>"}',
    idp_metadata: 'Die Metadaten des Identitätsanbieters, als XML.',
    sp_metadata: 'Die Metadaten dieses Dienstes, als XML.',
    client_url: 'ldaps://directory.example.com',
    bind_dn: 'Wer Personen nachschlägt: cn=reader,dc=example,dc=com',
    bind_password: 'Das Passwort dieses Kontos. Es wird geschrieben, nie gezeigt.',
    user_dn: 'Wo Personen sind: ou=people,dc=example,dc=com',
    user_attribute: 'Womit sie sich anmelden: cn, uid, sAMAccountName',
    user_scope: 'one, oder sub für alles darunter',
    mail_attribute: 'mail',
    first_name_attribute: 'givenName',
    last_name_attribute: 'sn',
    group_dn: 'Wo Gruppen sind; ihre Namen sind die von Rollen.',
    group_attribute: 'member',
    yes: 'Ja',
    notJson: 'Das ist kein JSON.',
  },
);

interface Props {
  readonly input: SettingInput;
  readonly value: unknown;
  readonly error: string | undefined;
  readonly onChange: (value: unknown) => void;
}

/** One setting of a provider, called as the documentation calls it. */
export function SettingField({ input: { name, kind, required }, value, error, onChange }: Props) {
  const t = useTexts(HELP);
  const description = name in HELP.en ? t(name as keyof typeof HELP.en) : undefined;
  const look = { label: name.toUpperCase(), description, error, withAsterisk: required };
  const text = value === null || value === undefined ? '' : String(value);
  const orNull = (given: string) => onChange(given === '' ? null : given);

  if (kind === 'boolean')
    return (
      <Switch
        label={look.label}
        description={description}
        error={error}
        checked={value === true}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
    );
  if (kind === 'secret')
    return (
      <PasswordInput
        {...look}
        autoComplete="off"
        value={text}
        onChange={(event) => orNull(event.currentTarget.value)}
      />
    );
  if (kind === 'list')
    return (
      <Textarea
        {...look}
        autosize
        minRows={2}
        value={Array.isArray(value) ? value.join('\n') : text}
        onChange={(event) => onChange(event.currentTarget.value.split('\n').map((line) => line.trim()))}
        onBlur={() => Array.isArray(value) && onChange(value.filter(Boolean))}
      />
    );
  if (kind === 'long')
    return (
      <Textarea
        {...look}
        autosize
        minRows={3}
        maxRows={12}
        value={text}
        onChange={(event) => orNull(event.currentTarget.value)}
      />
    );
  if (kind === 'json') return <JsonSetting {...look} value={value} onChange={onChange} />;
  if (kind === 'role') return <RoleSetting {...look} value={text || null} onChange={onChange} />;
  return <TextInput {...look} value={text} onChange={(event) => orNull(event.currentTarget.value)} />;
}

interface Look {
  readonly label: string;
  readonly description: string | undefined;
  readonly error: string | undefined;
}

function RoleSetting({
  value,
  onChange,
  ...look
}: Look & { value: string | null; onChange: (id: string | null) => void }) {
  const { data: roles = [] } = useQuery(rolesQuery);
  return (
    <Select
      {...look}
      data={roles.map(({ id, name }) => ({ value: id, label: name }))}
      value={value}
      onChange={onChange}
      clearable
    />
  );
}

function JsonSetting({ value, onChange, ...look }: Look & { value: unknown; onChange: (value: unknown) => void }) {
  const t = useTexts(HELP);
  const [text, setText] = useState(value ? JSON.stringify(value, null, 2) : '');
  return (
    <JsonInput
      {...look}
      autosize
      minRows={2}
      value={text}
      validationError={t('notJson')}
      onChange={(given) => {
        setText(given);
        try {
          onChange(given.trim() === '' ? null : JSON.parse(given));
        } catch {
          // Half-typed; said by the input itself.
        }
      }}
    />
  );
}
