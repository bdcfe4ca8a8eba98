import { Button, Checkbox, Group, JsonInput, Modal, MultiSelect, Stack, Tabs, Text } from '@mantine/core';
import { useState } from 'react';
import { FilterBuilder } from '../../content/filter/filter-builder.tsx';
import { useModel } from '../../content/model.ts';
import { texts, useTexts } from '../../language/texts.tsx';
import type { Action, Permission } from './access.ts';

const TEXTS = texts(
  {
    title: '{action} {collection}',
    items: 'Items',
    itemsAbout: 'Which items. Only those that fit all of this.',
    newItemsAbout: 'Items that fit are accepted; a new item that does not is refused.',
    fields: 'Fields',
    allFields: 'All fields, also those that are made later',
    someFields: 'Only these fields',
    validation: 'Validation',
    validationAbout: 'What is written has to fit this.',
    presets: 'Presets',
    presetsAbout: 'Values that are filled in where none is sent, such as {"author": "$CURRENT_USER"}.',
    notJson: 'This is no JSON object.',
    done: 'Take over',
    cancel: 'Cancel',
    create: 'Create',
    read: 'Read',
    update: 'Update',
    delete: 'Delete',
    share: 'Share',
  },
  {
    title: '{action}: {collection}',
    items: 'Einträge',
    itemsAbout: 'Welche Einträge. Nur die, die zu all dem passen.',
    newItemsAbout: 'Passende Einträge werden angenommen; ein neuer, der nicht passt, wird abgelehnt.',
    fields: 'Felder',
    allFields: 'Alle Felder, auch die später angelegten',
    someFields: 'Nur diese Felder',
    validation: 'Prüfung',
    validationAbout: 'Was geschrieben wird, muss dazu passen.',
    presets: 'Vorgaben',
    presetsAbout: 'Werte, die eingesetzt werden, wenn keine gesendet werden, etwa {"author": "$CURRENT_USER"}.',
    notJson: 'Das ist kein JSON-Objekt.',
    done: 'Übernehmen',
    cancel: 'Abbrechen',
    create: 'Anlegen',
    read: 'Lesen',
    update: 'Ändern',
    delete: 'Löschen',
    share: 'Teilen',
  },
);

const VARIABLES = ['$CURRENT_USER', '$CURRENT_ROLE', '$CURRENT_ROLES', '$CURRENT_POLICIES', '$NOW', '$NOW(-1 day)'];
const hasFields = (action: Action) => action !== 'delete' && action !== 'share';
const writes = (action: Action) => action === 'create' || action === 'update';

interface Props {
  readonly permission: Permission;
  readonly onClose: () => void;
  readonly onDone: (permission: Permission) => void;
}

/** Everything that one permission can say. Nothing is saved here. */
export function PermissionDialog({ permission, onClose, onDone }: Props) {
  const t = useTexts(TEXTS);
  const { action, collection } = permission;
  const [draft, setDraft] = useState(permission);
  const [unfinished, setUnfinished] = useState<ReadonlySet<string>>(new Set());
  const set = (part: Partial<Permission>) => setDraft((before) => ({ ...before, ...part }));
  const mark = (part: string, complete: boolean): void => {
    const next = new Set(unfinished);
    if (complete) next.delete(part);
    else next.add(part);
    setUnfinished(next);
  };
  const isNew = action === 'create';

  return (
    <Modal opened onClose={onClose} size="xl" title={t('title', { action: t(action), collection })}>
      <Tabs defaultValue={isNew ? 'fields' : 'items'} keepMounted>
        <Tabs.List>
          {!isNew && <Tabs.Tab value="items">{t('items')}</Tabs.Tab>}
          {hasFields(action) && <Tabs.Tab value="fields">{t('fields')}</Tabs.Tab>}
          {writes(action) && <Tabs.Tab value="validation">{t('validation')}</Tabs.Tab>}
          {writes(action) && <Tabs.Tab value="presets">{t('presets')}</Tabs.Tab>}
        </Tabs.List>
        {!isNew && (
          <Tabs.Panel value="items" pt="md">
            <Stack gap="xs">
              <Text size="sm">{t('itemsAbout')}</Text>
              <FilterBuilder
                collection={collection}
                value={emptyAsNull(draft.permissions)}
                variables={VARIABLES}
                onChange={(rule, complete) => {
                  set({ permissions: rule ?? {} });
                  mark('items', complete);
                }}
              />
            </Stack>
          </Tabs.Panel>
        )}
        {hasFields(action) && (
          <Tabs.Panel value="fields" pt="md">
            <FieldChoice collection={collection} fields={draft.fields} onChange={(fields) => set({ fields })} />
          </Tabs.Panel>
        )}
        {writes(action) && (
          <Tabs.Panel value="validation" pt="md">
            <Stack gap="xs">
              <Text size="sm">{t('validationAbout')}</Text>
              <FilterBuilder
                collection={collection}
                value={emptyAsNull(draft.validation)}
                variables={VARIABLES}
                patterns
                onChange={(rule, complete) => {
                  set({ validation: rule });
                  mark('validation', complete);
                }}
              />
            </Stack>
          </Tabs.Panel>
        )}
        {writes(action) && (
          <Tabs.Panel value="presets" pt="md">
            <Presets
              value={draft.presets}
              onChange={(presets, complete) => {
                if (complete) set({ presets });
                mark('presets', complete);
              }}
            />
          </Tabs.Panel>
        )}
      </Tabs>
      <Group justify="flex-end" mt="md">
        <Button variant="default" onClick={onClose}>
          {t('cancel')}
        </Button>
        <Button onClick={() => onDone(draft)} disabled={unfinished.size > 0}>
          {t('done')}
        </Button>
      </Group>
    </Modal>
  );
}

const emptyAsNull = <Rule extends object>(rule: Rule | null): Rule | null =>
  rule && Object.keys(rule).length > 0 ? rule : null;

interface FieldChoiceProps {
  readonly collection: string;
  readonly fields: readonly string[] | null;
  readonly onChange: (fields: readonly string[]) => void;
}

function FieldChoice({ collection, fields, onChange }: FieldChoiceProps) {
  const t = useTexts(TEXTS);
  const model = useModel();
  const all = fields?.includes('*') === true;
  const names = model.fields(collection).map(({ field }) => field);
  return (
    <Stack gap="sm">
      <Checkbox
        label={t('allFields')}
        checked={all}
        onChange={(event) => onChange(event.currentTarget.checked ? ['*'] : names)}
      />
      {!all && (
        <MultiSelect
          label={t('someFields')}
          data={names}
          value={[...(fields ?? [])]}
          onChange={onChange}
          searchable
          clearable
        />
      )}
    </Stack>
  );
}

interface PresetsProps {
  readonly value: Permission['presets'];
  readonly onChange: (presets: Permission['presets'], complete: boolean) => void;
}

function Presets({ value, onChange }: PresetsProps) {
  const t = useTexts(TEXTS);
  const [text, setText] = useState(value && Object.keys(value).length > 0 ? JSON.stringify(value, null, 2) : '');
  return (
    <JsonInput
      label={t('presets')}
      description={t('presetsAbout')}
      value={text}
      validationError={t('notJson')}
      autosize
      minRows={4}
      onChange={(given) => {
        setText(given);
        const parsed = presetsOf(given);
        onChange(parsed === undefined ? null : parsed, parsed !== undefined);
      }}
    />
  );
}

/** Undefined for what is no JSON object. */
function presetsOf(text: string): Permission['presets'] | undefined {
  if (text.trim() === '') return null;
  try {
    const parsed: unknown = JSON.parse(text);
    const isObject = typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed);
    return isObject ? (parsed as Permission['presets']) : undefined;
  } catch {
    return undefined;
  }
}
