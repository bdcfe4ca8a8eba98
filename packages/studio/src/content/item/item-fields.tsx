import { SimpleGrid, Stack } from '@mantine/core';
import { useMemo } from 'react';
import { useLanguage } from '../../language/texts.tsx';
import { useRights } from '../../session/permissions.ts';
import type { Item } from '../display/template.ts';
import { fieldTitle } from '../field-paths.ts';
import { useModel } from '../model.ts';
import type { Edits } from './draft.ts';
import { FieldInput } from './field-input.tsx';
import { firstValue, isEditable, isNeeded, type Mode, shownFields } from './form-fields.ts';
import classes from './item-fields.module.css';

interface Props {
  readonly collection: string;
  readonly mode: Mode;
  /** What is stored; empty for a new item. */
  readonly stored: Item;
  readonly edits: Edits;
  readonly onEdit: (field: string, value: unknown) => void;
  /** Words for what is wrong, by field. */
  readonly problems: Readonly<Record<string, string>>;
  /** Whether nothing may be changed in this item at all. */
  readonly locked?: boolean;
  /** Fields that say themselves: where the form was opened from. */
  readonly without?: readonly string[];
}

/** The inputs of an item, in the order of the data model. */
export function ItemFields({ collection, mode, stored, edits, onEdit, problems, locked = false, without = [] }: Props) {
  const model = useModel();
  const rights = useRights();
  const { language } = useLanguage();
  const fields = useMemo(() => shownFields(model, collection), [model, collection]);
  const left = fields.filter(
    (field) =>
      !without.includes(field.field) &&
      // A key that the server makes is nothing to look at before it is made.
      !(mode === 'create' && field.schema?.is_primary_key && !isEditable(rights, field, mode)),
  );
  const initial = (name: string): unknown => {
    if (mode === 'update') return stored[name];
    const field = model.field(collection, name);
    return field ? firstValue(rights, field) : null;
  };
  return (
    <Stack gap="md" component="section" className={classes.fields}>
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing="md" verticalSpacing="md">
        {left.map((field) => (
          <div key={field.field} style={isHalf(field.meta?.width) ? undefined : { gridColumn: '1 / -1' }}>
            <FieldInput
              field={field}
              label={fieldTitle(field, language)}
              value={field.field in edits ? edits[field.field] : initial(field.field)}
              stored={stored[field.field]}
              onChange={(value) => onEdit(field.field, value)}
              disabled={locked || !isEditable(rights, field, mode)}
              required={!locked && isNeeded(field) && isEditable(rights, field, mode)}
              error={problems[field.field]}
              description={field.meta?.note ?? undefined}
            />
          </div>
        ))}
      </SimpleGrid>
    </Stack>
  );
}

const isHalf = (width: string | null | undefined): boolean => width?.startsWith('half') ?? false;
