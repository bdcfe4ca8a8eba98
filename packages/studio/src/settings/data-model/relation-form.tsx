import { Checkbox, Select, Stack, Text, TextInput } from '@mantine/core';
import { type Model, useModel } from '../../content/model.ts';
import { texts, useTexts } from '../../language/texts.tsx';
import { automaticOf } from './field-kinds.ts';
import { INTERFACES, worded } from './kind-texts.ts';
import { NameInput } from './name-input.tsx';
import { collectionNameProblem, fieldNameProblem, type NameProblem } from './names.ts';
import { OnDeleteSelect } from './on-delete-select.tsx';
import { junctionFields, junctionName, type RelationDraft } from './relation-draft.ts';

const TEXTS = texts(
  {
    related: 'Other collection',
    stored: 'Field of {related} that points here (it is created)',
    mirror: 'Field of {related} that lists the items here (optional)',
    mirrorHint: 'Empty: {related} doesn’t show them.',
    junction: 'Collection between (it is created)',
    junctionHint: 'It holds a row for each pair, with {near} and {far}.',
    pairs: 'When an item of either side is deleted, its pairs go; the items of the other side stay.',
    required: 'Forms ask for a value',
    image: 'It is an image',
    automatic: 'Filled in by itself with',
    nothing: 'Nothing',
    note: 'Note under the field',
  },
  {
    related: 'Andere Sammlung',
    stored: 'Feld von {related}, das hierher zeigt (es wird angelegt)',
    mirror: 'Feld von {related}, das die Einträge hier auflistet (nicht nötig)',
    mirrorHint: 'Leer: {related} zeigt sie nicht.',
    junction: 'Sammlung dazwischen (sie wird angelegt)',
    junctionHint: 'Sie enthält für jedes Paar eine Zeile, mit {near} und {far}.',
    pairs:
      'Wird ein Eintrag einer der beiden Seiten gelöscht, verschwinden seine Paare; die Einträge der anderen Seite bleiben.',
    required: 'Formulare verlangen einen Wert',
    image: 'Es ist ein Bild',
    automatic: 'Füllt sich selbst mit',
    nothing: 'Nichts',
    note: 'Hinweis unter dem Feld',
  },
);

const isSystem = (collection: string): boolean => collection.startsWith('directus_');

/** Collections that a field can lead to; what is stored on the other side needs one that may be changed. */
function targets(model: Model, kind: RelationDraft['kind']): readonly string[] {
  const tables = model.collections.filter(({ schema }) => schema !== null).map(({ collection }) => collection);
  const own = tables.filter((one) => !isSystem(one)).sort();
  return kind === 'o2m' ? own : [...own, ...['directus_users', 'directus_files', 'directus_roles']];
}

const fieldProblem = (model: Model, { related, otherField }: RelationDraft): NameProblem | null =>
  fieldNameProblem(
    otherField,
    model.fields(related).map(({ field }) => field),
  );

const junctionProblem = (model: Model, { junction }: RelationDraft): NameProblem | null =>
  collectionNameProblem(
    junction,
    model.collections.map(({ collection }) => collection),
  );

/** Whether everything is there that the relation needs, but its own name. */
export function relationIsComplete(model: Model, draft: RelationDraft): boolean {
  if (draft.related === '') return false;
  const other = fieldProblem(model, draft);
  if (other !== null && (draft.kind === 'o2m' || draft.otherField !== '')) return false;
  return draft.kind !== 'm2m' || junctionProblem(model, draft) === null;
}

interface Props {
  readonly collection: string;
  readonly draft: RelationDraft;
  readonly onChange: (draft: RelationDraft) => void;
}

/** Where a relation leads, where it is stored, and what happens when the other side goes. */
export function RelationForm({ collection, draft, onChange }: Props) {
  const t = useTexts(TEXTS);
  const model = useModel();
  const { kind, related } = draft;
  const set = (part: Partial<RelationDraft>): void => onChange({ ...draft, ...part });
  const choose = (chosen: string): void =>
    set({
      related: chosen,
      junction: kind === 'm2m' ? junctionName(collection, chosen) : '',
      otherField: kind === 'o2m' ? collection.replace(/s$/, '') : '',
    });
  const chooses = kind === 'm2o' || kind === 'o2m' || kind === 'm2m';
  return (
    <Stack>
      {chooses && (
        <Select
          label={t('related')}
          data={[...targets(model, kind)]}
          value={related || null}
          onChange={(chosen) => chosen && choose(chosen)}
          allowDeselect={false}
          searchable
          required
        />
      )}
      {related !== '' && (
        <>
          {kind === 'm2m' && <Junction collection={collection} draft={draft} onChange={onChange} />}
          <OtherField draft={draft} onChange={onChange} />
          {kind !== 'm2m' && (
            <OnDeleteSelect
              collection={kind === 'o2m' ? related : collection}
              related={kind === 'o2m' ? collection : related}
              value={draft.onDelete}
              onChange={(onDelete) => set({ onDelete })}
            />
          )}
          {kind === 'user' && <Automatic draft={draft} onChange={onChange} />}
          {kind === 'file' && (
            <Checkbox
              label={t('image')}
              checked={draft.image}
              onChange={(event) => set({ image: event.currentTarget.checked })}
            />
          )}
          {kind !== 'o2m' && kind !== 'm2m' && (
            <Checkbox
              label={t('required')}
              checked={draft.required}
              onChange={(event) => set({ required: event.currentTarget.checked })}
            />
          )}
        </>
      )}
      <TextInput label={t('note')} value={draft.note} onChange={(event) => set({ note: event.currentTarget.value })} />
    </Stack>
  );
}

type PartProps = Omit<Props, 'collection'>;

/** System collections get no fields from here, so what leads to them has no other side. */
function OtherField({ draft, onChange }: PartProps) {
  const t = useTexts(TEXTS);
  const model = useModel();
  const { kind, related, otherField } = draft;
  if (isSystem(related)) return null;
  return (
    <NameInput
      label={t(kind === 'o2m' ? 'stored' : 'mirror', { related })}
      description={kind === 'o2m' ? undefined : t('mirrorHint', { related })}
      value={otherField}
      problem={fieldProblem(model, draft)}
      onName={(name) => onChange({ ...draft, otherField: name })}
      required={kind === 'o2m'}
    />
  );
}

function Junction({ collection, draft, onChange }: Props) {
  const t = useTexts(TEXTS);
  const model = useModel();
  const [near, far] = junctionFields(collection, draft.related);
  return (
    <>
      <NameInput
        label={t('junction')}
        description={t('junctionHint', { near, far })}
        value={draft.junction}
        problem={junctionProblem(model, draft)}
        onName={(junction) => onChange({ ...draft, junction })}
      />
      <Text size="sm">{t('pairs')}</Text>
    </>
  );
}

function Automatic({ draft, onChange }: PartProps) {
  const t = useTexts(TEXTS);
  const words = useTexts(INTERFACES);
  return (
    <Select
      label={t('automatic')}
      data={[
        { value: '', label: t('nothing') },
        ...automaticOf('user').map((value) => ({ value, label: worded(words, INTERFACES, value) })),
      ]}
      value={draft.automatic}
      onChange={(automatic) => onChange({ ...draft, automatic: automatic ?? '' })}
      allowDeselect={false}
    />
  );
}
