import { Button, Checkbox, Group, Select, Stack, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { type Collection, useModel } from '../../content/model.ts';
import { texts, useTexts } from '../../language/texts.tsx';
import { ask } from '../../session/api.ts';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { saySaved } from '../../ui/notice.ts';

const TEXTS = texts(
  {
    note: 'Note',
    icon: 'Icon',
    iconHint: 'A name of Material Symbols, such as article.',
    template: 'Title of an item',
    templateHint: 'Fields in double braces, such as {{title}} or {{author.first_name}}.',
    archive: 'Field that says whether an item is archived',
    archiveValue: 'Value of archived items',
    unarchiveValue: 'Value of items that come back',
    sort: 'Field for an order by hand',
    none: 'None',
    hidden: 'Hidden in the navigation',
    singleton: 'There is only one item',
    versioning: 'Versions: changes can be prepared beside the published item',
    accountability: 'What is recorded of changes',
    all: 'Who did it and when, and the values (revisions)',
    activity: 'Who did it and when',
    nothing: 'Nothing',
    save: 'Save',
    saved: 'The settings of “{collection}” have been saved.',
  },
  {
    note: 'Hinweis',
    icon: 'Symbol',
    iconHint: 'Ein Name der Material Symbols, etwa article.',
    template: 'Titel eines Eintrags',
    templateHint: 'Felder in doppelten Klammern, etwa {{title}} oder {{author.first_name}}.',
    archive: 'Feld, das sagt, ob ein Eintrag archiviert ist',
    archiveValue: 'Wert archivierter Einträge',
    unarchiveValue: 'Wert von Einträgen, die zurückkommen',
    sort: 'Feld für eine Reihenfolge von Hand',
    none: 'Keines',
    hidden: 'In der Navigation verborgen',
    singleton: 'Es gibt nur einen Eintrag',
    versioning: 'Versionen: Änderungen lassen sich neben dem veröffentlichten Eintrag vorbereiten',
    accountability: 'Was von Änderungen festgehalten wird',
    all: 'Wer es wann war, und die Werte (Revisionen)',
    activity: 'Wer es wann war',
    nothing: 'Nichts',
    save: 'Speichern',
    saved: 'Die Einstellungen von „{collection}“ sind gespeichert.',
  },
);

const draftOf = (meta: Collection['meta']) => ({
  note: meta?.note ?? '',
  icon: meta?.icon ?? '',
  display_template: meta?.display_template ?? '',
  archive_field: meta?.archive_field ?? '',
  archive_value: meta?.archive_value ?? '',
  unarchive_value: meta?.unarchive_value ?? '',
  sort_field: meta?.sort_field ?? '',
  hidden: meta?.hidden ?? false,
  singleton: meta?.singleton ?? false,
  versioning: meta?.versioning ?? false,
  accountability: meta ? (meta.accountability ?? '') : 'all',
});
type Draft = ReturnType<typeof draftOf>;
type TextName = 'note' | 'icon' | 'display_template' | 'archive_value' | 'unarchive_value';

/** Empty text is nothing. */
const metaOf = (draft: Draft) =>
  Object.fromEntries(Object.entries(draft).map(([name, value]) => [name, value === '' ? null : value]));

/** What of a collection can be changed without touching its table. */
export function CollectionSettings({ collection: { collection, meta } }: { readonly collection: Collection }) {
  const t = useTexts(TEXTS);
  const model = useModel();
  const queries = useQueryClient();
  const [draft, setDraft] = useState(() => draftOf(meta));
  const set = (part: Partial<Draft>): void => setDraft({ ...draft, ...part });
  const saving = useMutation({
    mutationFn: async () => {
      await ask(`/collections/${encodeURIComponent(collection)}`, { method: 'PATCH', body: { meta: metaOf(draft) } });
      await queries.invalidateQueries({ queryKey: ['model'] });
      saySaved(t('saved', { collection }));
    },
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    saving.mutate();
  };
  const columns = model.fields(collection).filter(({ schema }) => schema !== null);
  const fields = [{ value: '', label: t('none') }, ...columns.map(({ field }) => ({ value: field, label: field }))];
  const text = (name: TextName, label: string, description?: string) => (
    <TextInput
      label={label}
      description={description}
      value={draft[name]}
      onChange={(event) => set({ [name]: event.currentTarget.value })}
      flex={1}
    />
  );
  const box = (name: 'hidden' | 'singleton' | 'versioning') => (
    <Checkbox
      label={t(name)}
      checked={draft[name]}
      onChange={(event) => set({ [name]: event.currentTarget.checked })}
    />
  );

  return (
    <form onSubmit={submit}>
      <Stack maw={720}>
        {text('note', t('note'))}
        {text('display_template', t('template'), t('templateHint'))}
        {text('icon', t('icon'), t('iconHint'))}
        <Select
          label={t('archive')}
          data={fields}
          value={draft.archive_field}
          onChange={(value) => set({ archive_field: value ?? '' })}
          allowDeselect={false}
        />
        {draft.archive_field !== '' && (
          <Group>
            {text('archive_value', t('archiveValue'))}
            {text('unarchive_value', t('unarchiveValue'))}
          </Group>
        )}
        <Select
          label={t('sort')}
          data={fields}
          value={draft.sort_field}
          onChange={(value) => set({ sort_field: value ?? '' })}
          allowDeselect={false}
        />
        <Select
          label={t('accountability')}
          data={[
            { value: 'all', label: t('all') },
            { value: 'activity', label: t('activity') },
            { value: '', label: t('nothing') },
          ]}
          value={draft.accountability}
          onChange={(value) => set({ accountability: value === 'all' || value === 'activity' ? value : '' })}
          allowDeselect={false}
        />
        {box('hidden')}
        {box('singleton')}
        {box('versioning')}
        {saving.error && <FailureNotice failure={saving.error} />}
        <Button type="submit" w="fit-content" loading={saving.isPending}>
          {t('save')}
        </Button>
      </Stack>
    </form>
  );
}
