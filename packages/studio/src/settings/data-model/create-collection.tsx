import { Button, Checkbox, Drawer, Fieldset, Group, Radio, Stack, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { useModel } from '../../content/model.ts';
import { texts, useTexts } from '../../language/texts.tsx';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { saySaved } from '../../ui/notice.ts';
import { type CollectionDraft, collectionSteps, EMPTY_COLLECTION } from './collection-draft.ts';
import { makeAll } from './making.ts';
import { NameInput } from './name-input.tsx';
import { collectionNameProblem } from './names.ts';

const TEXTS = texts(
  {
    title: 'Create a collection',
    name: 'Name',
    nameHint: 'Used in the API and in the database, such as blog_posts. It can’t be changed later.',
    key: 'Primary key',
    integer: 'A number that counts up (1, 2, 3 …)',
    uuid: 'A random UUID, which can’t be guessed',
    fields: 'Fields that fill themselves in',
    status: 'Status: draft, published or archived',
    sort: 'An order by hand',
    created: 'When it was made, and by whom',
    updated: 'When it was changed last, and by whom',
    singleton: 'There is only one item (for settings, an “about” page …)',
    note: 'Note',
    create: 'Create',
    cancel: 'Cancel',
    done: 'The collection “{name}” has been created. Nobody but administrators may use it yet.',
  },
  {
    title: 'Eine Sammlung anlegen',
    name: 'Name',
    nameHint: 'Für die API und die Datenbank, etwa blog_posts. Er kann später nicht geändert werden.',
    key: 'Primärschlüssel',
    integer: 'Eine Zahl, die hochzählt (1, 2, 3 …)',
    uuid: 'Eine zufällige UUID, die niemand erraten kann',
    fields: 'Felder, die sich selbst füllen',
    status: 'Status: Entwurf, veröffentlicht oder archiviert',
    sort: 'Eine Reihenfolge von Hand',
    created: 'Wann und von wem er angelegt wurde',
    updated: 'Wann und von wem er zuletzt geändert wurde',
    singleton: 'Es gibt nur einen Eintrag (für Einstellungen, eine Seite „Über uns“ …)',
    note: 'Hinweis',
    create: 'Anlegen',
    cancel: 'Abbrechen',
    done: 'Die Sammlung „{name}“ ist angelegt. Bisher dürfen nur Administratoren sie benutzen.',
  },
);

interface Props {
  readonly opened: boolean;
  readonly onClose: () => void;
}

export function CreateCollection({ opened, onClose }: Props) {
  const t = useTexts(TEXTS);
  return (
    <Drawer opened={opened} onClose={onClose} title={t('title')} position="right" size="lg">
      <Form onClose={onClose} />
    </Drawer>
  );
}

function Form({ onClose }: { readonly onClose: () => void }) {
  const t = useTexts(TEXTS);
  const model = useModel();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const [draft, setDraft] = useState<CollectionDraft>(EMPTY_COLLECTION);
  const set = (part: Partial<CollectionDraft>): void => setDraft({ ...draft, ...part });
  const problem = collectionNameProblem(
    draft.name,
    model.collections.map(({ collection }) => collection),
  );
  const creation = useMutation({
    mutationFn: async () => {
      await makeAll(collectionSteps(draft));
      await queries.invalidateQueries({ queryKey: ['model'] });
      saySaved(t('done', { name: draft.name }));
      await navigate({ to: `/settings/data-model/${encodeURIComponent(draft.name)}` });
    },
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (!problem) creation.mutate();
  };

  return (
    <form onSubmit={submit}>
      <Stack>
        <NameInput
          label={t('name')}
          description={t('nameHint')}
          value={draft.name}
          problem={problem}
          onName={(name) => set({ name })}
          data-autofocus
        />
        <Radio.Group label={t('key')} value={draft.key} onChange={(key) => set({ key: key as CollectionDraft['key'] })}>
          <Stack gap="xs" mt="xs">
            <Radio value="integer" label={t('integer')} />
            <Radio value="uuid" label={t('uuid')} />
          </Stack>
        </Radio.Group>
        <Fieldset legend={t('fields')}>
          <Stack gap="xs">
            {(['status', 'sort', 'created', 'updated'] as const).map((name) => (
              <Checkbox
                key={name}
                label={t(name)}
                checked={draft[name]}
                onChange={(event) => set({ [name]: event.currentTarget.checked })}
              />
            ))}
          </Stack>
        </Fieldset>
        <Checkbox
          label={t('singleton')}
          checked={draft.singleton}
          onChange={(event) => set({ singleton: event.currentTarget.checked })}
        />
        <TextInput
          label={t('note')}
          value={draft.note}
          onChange={(event) => set({ note: event.currentTarget.value })}
        />
        {creation.error && <FailureNotice failure={creation.error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button type="submit" loading={creation.isPending} disabled={problem !== null}>
            {t('create')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
