import { Checkbox, NumberInput, Select, Stack, Textarea, TextInput } from '@mantine/core';
import { texts, useTexts } from '../../language/texts.tsx';
import { ChoicesInput } from './choices-input.tsx';
import { defaultFits, type FieldDraft } from './field-draft.ts';
import { automaticOf, canBeUnique, canHaveDefault, hasLength, interfacesOf, offersChoices } from './field-kinds.ts';
import { INTERFACES, worded } from './kind-texts.ts';

const TEXTS = texts(
  {
    interface: 'How it is entered',
    default: 'Value of new items (default)',
    defaultNow: '“now” stands for the moment when the item is made.',
    defaultJson: 'As JSON.',
    wrong: 'This is no value of this type.',
    length: 'Most characters',
    lengthHint: 'Empty: 255.',
    automatic: 'Filled in by itself with',
    nothing: 'Nothing',
    required: 'Forms ask for a value',
    filled: 'Every item has to have a value (the database takes none without)',
    unique: 'No two items may have the same value',
    hidden: 'Hidden in forms',
    readonly: 'Shown in forms, but not changed there',
    note: 'Note under the field',
    width: 'Width in forms',
    full: 'Whole width',
    half: 'Half the width',
    yes: 'Yes',
    no: 'No',
  },
  {
    interface: 'Wie es eingegeben wird',
    default: 'Wert neuer Einträge (Vorgabe)',
    defaultNow: '„now“ steht für den Zeitpunkt, zu dem der Eintrag entsteht.',
    defaultJson: 'Als JSON.',
    wrong: 'Das ist kein Wert dieses Typs.',
    length: 'Höchstens so viele Zeichen',
    lengthHint: 'Leer: 255.',
    automatic: 'Füllt sich selbst mit',
    nothing: 'Nichts',
    required: 'Formulare verlangen einen Wert',
    filled: 'Jeder Eintrag muss einen Wert haben (die Datenbank nimmt keinen ohne)',
    unique: 'Keine zwei Einträge dürfen denselben Wert haben',
    hidden: 'In Formularen verborgen',
    readonly: 'In Formularen sichtbar, aber dort nicht änderbar',
    note: 'Hinweis unter dem Feld',
    width: 'Breite in Formularen',
    full: 'Ganze Breite',
    half: 'Halbe Breite',
    yes: 'Ja',
    no: 'Nein',
  },
);

interface Props {
  readonly draft: FieldDraft;
  readonly onChange: (draft: FieldDraft) => void;
  /** It leads to other items: how it is entered, and what is stored, follows from that. */
  readonly relational?: boolean;
}

/** Everything of a field with a value of its own but its name and its type. */
export function ValueFieldForm({ draft, onChange, relational = false }: Props) {
  const t = useTexts(TEXTS);
  const words = useTexts(INTERFACES);
  const set = (part: Partial<FieldDraft>): void => onChange({ ...draft, ...part });
  const offered = interfacesOf(draft.type);
  const interfaces = draft.interface && !offered.includes(draft.interface) ? [draft.interface, ...offered] : offered;
  const automatic = automaticOf(draft.type);
  return (
    <Stack>
      {!relational && interfaces.length > 1 && (
        <Select
          label={t('interface')}
          data={interfaces.map((value) => ({ value, label: worded(words, INTERFACES, value) }))}
          value={draft.interface || null}
          onChange={(value) => value && set({ interface: value })}
          allowDeselect={false}
        />
      )}
      {offersChoices(draft.interface) && (
        <ChoicesInput choices={draft.choices} onChange={(choices) => set({ choices })} />
      )}
      {!relational && automatic.length > 0 && (
        <Select
          label={t('automatic')}
          data={[
            { value: '', label: t('nothing') },
            ...automatic.map((value) => ({ value, label: worded(words, INTERFACES, value) })),
          ]}
          value={draft.automatic}
          onChange={(value) => set({ automatic: value ?? '' })}
          allowDeselect={false}
        />
      )}
      {!relational && canHaveDefault(draft.type) && !draft.automatic && (
        <DefaultInput draft={draft} onChange={onChange} />
      )}
      {hasLength(draft.type) && (
        <NumberInput
          label={t('length')}
          description={t('lengthHint')}
          value={draft.length ?? ''}
          onChange={(value) => set({ length: typeof value === 'number' ? value : null })}
          min={1}
          max={10_000}
          allowDecimal={false}
        />
      )}
      <Flags draft={draft} onChange={onChange} />
      <TextInput label={t('note')} value={draft.note} onChange={(event) => set({ note: event.currentTarget.value })} />
      <Select
        label={t('width')}
        data={[
          { value: 'full', label: t('full') },
          { value: 'half', label: t('half') },
        ]}
        value={draft.width}
        onChange={(value) => set({ width: value === 'half' ? 'half' : 'full' })}
        allowDeselect={false}
      />
    </Stack>
  );
}

function DefaultInput({ draft, onChange }: Props) {
  const t = useTexts(TEXTS);
  const change = (defaultText: string): void => onChange({ ...draft, defaultText });
  const error = defaultFits(draft) ? null : t('wrong');
  if (draft.type === 'boolean')
    return (
      <Select
        label={t('default')}
        data={[
          { value: 'true', label: t('yes') },
          { value: 'false', label: t('no') },
        ]}
        value={draft.defaultText || null}
        onChange={(value) => change(value ?? '')}
        clearable
      />
    );
  if (draft.type === 'json' || draft.type === 'text')
    return (
      <Textarea
        label={t('default')}
        description={draft.type === 'json' ? t('defaultJson') : undefined}
        value={draft.defaultText}
        onChange={(event) => change(event.currentTarget.value)}
        error={error}
        autosize
      />
    );
  const moment = ['date', 'time', 'dateTime', 'timestamp'].includes(draft.type);
  return (
    <TextInput
      label={t('default')}
      description={moment ? t('defaultNow') : undefined}
      value={draft.defaultText}
      onChange={(event) => change(event.currentTarget.value)}
      error={error}
    />
  );
}

function Flags({ draft, onChange }: Props) {
  const t = useTexts(TEXTS);
  const box = (name: 'required' | 'unique' | 'hidden' | 'readonly') => (
    <Checkbox
      label={t(name)}
      checked={draft[name]}
      onChange={(event) => onChange({ ...draft, [name]: event.currentTarget.checked })}
    />
  );
  return (
    <Stack gap="xs">
      {box('required')}
      {draft.type !== 'alias' && (
        <Checkbox
          label={t('filled')}
          checked={!draft.nullable}
          onChange={(event) => onChange({ ...draft, nullable: !event.currentTarget.checked })}
        />
      )}
      {canBeUnique(draft.type) && box('unique')}
      {box('hidden')}
      {box('readonly')}
    </Stack>
  );
}
