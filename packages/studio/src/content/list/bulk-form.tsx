import { Button, Checkbox, Group, Stack, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { texts, useLanguage, useTexts } from '../../language/texts.tsx';
import { ask } from '../../session/api.ts';
import { useRights } from '../../session/permissions.ts';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { saySaved } from '../../ui/notice.ts';
import { pathOf } from '../addresses.ts';
import { fieldTitle } from '../field-paths.ts';
import type { Edits } from '../item/draft.ts';
import { FieldInput } from '../item/field-input.tsx';
import { isEditable, shownFields } from '../item/form-fields.ts';
import { isNullable } from '../item/inputs/input-props.ts';
import { Malformed } from '../item/malformed.ts';
import { useSortedFailures } from '../item/problems.ts';
import { payloadOf } from '../item/relations/related-edits.ts';
import { useModel } from '../model.ts';
import { relationEnd } from '../relations.ts';

const TEXTS = texts(
  {
    about: 'Tick the fields that are to get the same value in everything selected. The others stay as they are.',
    change: 'Change {name}',
    go: 'Change selection',
    cancel: 'Cancel',
    done: 'Changed: {count}.',
  },
  {
    about: 'Kreuzen Sie die Felder an, die überall in der Auswahl denselben Wert bekommen sollen.',
    change: '{name} ändern',
    go: 'Auswahl ändern',
    cancel: 'Abbrechen',
    done: 'Geändert: {count}.',
  },
);

interface Props {
  readonly collection: string;
  readonly keys: readonly string[];
  readonly onDone: () => void;
  readonly onCancel: () => void;
}

/** Gives many items the same values in the fields that are ticked. All of them are changed, or none. */
export function BulkForm({ collection, keys, onDone, onCancel }: Props) {
  const t = useTexts(TEXTS);
  const model = useModel();
  const rights = useRights();
  const { language } = useLanguage();
  const queries = useQueryClient();
  const sort = useSortedFailures(collection);
  const [edits, setEdits] = useState<Edits>({});
  const count = keys.length;
  const fields = shownFields(model, collection).filter((field) => {
    const end = relationEnd(model, collection, field.field);
    return isEditable(rights, field, 'update') && (end === null || end.kind === 'm2o') && !field.schema?.is_unique;
  });
  const change = useMutation({
    mutationFn: () =>
      ask(pathOf(collection), {
        method: 'PATCH',
        params: { fields: [model.primaryKey(collection)?.field ?? 'id'] },
        body: { keys, data: payloadOf(model, collection, edits) },
      }),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['items', collection] });
      saySaved(t('done', { count }));
      onDone();
    },
  });
  const { problems, rest } = change.error ? sort(change.error) : { problems: {}, rest: null };
  const ticked = Object.keys(edits);
  const malformed = Object.values(edits).some((value) => value instanceof Malformed);
  const tick = (name: string, on: boolean): void => {
    const { [name]: _, ...others } = edits;
    const field = model.field(collection, name);
    const first = field?.type === 'boolean' && !isNullable(field) ? false : null;
    setEdits(on ? { ...others, [name]: first } : others);
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    change.mutate();
  };

  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        <Text size="sm">{t('about')}</Text>
        {fields.map((field) => {
          const name = field.field;
          const label = fieldTitle(field, language);
          return (
            <Stack key={name} gap={4}>
              <Checkbox
                label={t('change', { name: label })}
                checked={name in edits}
                onChange={(event) => tick(name, event.currentTarget.checked)}
              />
              {name in edits && (
                <FieldInput
                  field={field}
                  label={label}
                  value={edits[name]}
                  stored={null}
                  onChange={(value) => setEdits({ ...edits, [name]: value })}
                  disabled={false}
                  required={false}
                  error={problems[name]}
                />
              )}
            </Stack>
          );
        })}
        {rest !== null && <FailureNotice failure={rest} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onCancel}>
            {t('cancel')}
          </Button>
          <Button type="submit" loading={change.isPending} disabled={ticked.length === 0 || malformed}>
            {t('go')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
