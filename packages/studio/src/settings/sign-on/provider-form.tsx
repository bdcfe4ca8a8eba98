import { Button, Group, Select, SimpleGrid, Stack, Switch, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { texts, useTexts } from '../../language/texts.tsx';
import { ask } from '../../session/api.ts';
import { failuresOf } from '../../session/failure.ts';
import { useAttempt } from '../../ui/attempt.ts';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { saySaved } from '../../ui/notice.ts';
import { DRIVERS, type Driver, INPUTS, type SetUpProvider } from './provider.ts';
import { SettingField } from './setting-field.tsx';

const TEXTS = texts(
  {
    name: 'Name',
    nameHint: 'Small letters, digits, - and _. It is part of addresses, and stays.',
    driver: 'Kind',
    label: 'What people read on the button',
    icon: 'Icon (google, github, apple, microsoft, discord …)',
    enabled: 'People may sign in with it',
    create: 'Set up',
    save: 'Save',
    saved: 'The provider is saved, and effective at once.',
  },
  {
    name: 'Name',
    nameHint: 'Kleinbuchstaben, Ziffern, - und _. Er ist Teil von Adressen und bleibt.',
    driver: 'Art',
    label: 'Was auf dem Knopf steht',
    icon: 'Symbol (google, github, apple, microsoft, discord …)',
    enabled: 'Personen dürfen sich damit anmelden',
    create: 'Einrichten',
    save: 'Speichern',
    saved: 'Der Anbieter ist gespeichert und gilt sofort.',
  },
);

interface Props {
  /** Null for one that is to be. */
  readonly provider: SetUpProvider | null;
  readonly onSaved: (name: string) => Promise<void>;
}

export function ProviderForm({ provider, onSaved }: Props) {
  const t = useTexts(TEXTS);
  const queries = useQueryClient();
  const [name, setName] = useState('');
  const [driver, setDriver] = useState<Driver>((provider?.driver as Driver | undefined) ?? 'openid');
  const [label, setLabel] = useState(provider?.label ?? '');
  const [icon, setIcon] = useState(provider?.icon ?? '');
  const [enabled, setEnabled] = useState(provider?.enabled ?? true);
  const [changes, setChanges] = useState<Readonly<Record<string, unknown>>>({});
  const { busy, failure, attempt } = useAttempt();
  const stored = provider?.settings ?? {};
  const wrong = new Map(failure === null ? [] : failuresOf(failure).map(({ field, message }) => [field, message]));

  const save = (event: FormEvent): void => {
    event.preventDefault();
    void attempt(async () => {
      const body = { label: label || null, icon: icon || null, enabled, settings: changes };
      if (provider) await ask(`/providers/${encodeURIComponent(provider.name)}`, { method: 'PATCH', body });
      else await ask('/providers', { method: 'POST', body: { name, driver, ...body } });
      setChanges({});
      await queries.invalidateQueries({ queryKey: ['providers'] });
      await queries.invalidateQueries({ queryKey: ['ways-in'] });
      saySaved(t('saved'));
      await onSaved(provider?.name ?? name);
    });
  };

  return (
    <form onSubmit={save}>
      <Stack>
        <SimpleGrid cols={{ base: 1, sm: 2 }}>
          {!provider && (
            <>
              <TextInput
                label={t('name')}
                description={t('nameHint')}
                value={name}
                onChange={(event) => setName(event.currentTarget.value)}
                error={wrong.get('name')}
                required
              />
              <Select
                label={t('driver')}
                data={[...DRIVERS]}
                value={driver}
                onChange={(next) => next && setDriver(next as Driver)}
                allowDeselect={false}
              />
            </>
          )}
          <TextInput label={t('label')} value={label} onChange={(event) => setLabel(event.currentTarget.value)} />
          <TextInput label={t('icon')} value={icon} onChange={(event) => setIcon(event.currentTarget.value)} />
        </SimpleGrid>
        <Switch label={t('enabled')} checked={enabled} onChange={(event) => setEnabled(event.currentTarget.checked)} />
        {(INPUTS[driver] ?? []).map((input) => (
          <SettingField
            key={input.name}
            input={input}
            value={input.name in changes ? changes[input.name] : stored[input.name]}
            error={wrong.get(input.name)}
            onChange={(value) => setChanges((before) => ({ ...before, [input.name]: value }))}
          />
        ))}
        {failure !== null && <FailureNotice failure={failure} />}
        <Group justify="flex-end">
          <Button type="submit" loading={busy}>
            {provider ? t('save') : t('create')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
