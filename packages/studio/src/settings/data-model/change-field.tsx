import { Button, Drawer, Group, Select, Stack } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { type Field, useModel } from '../../content/model.ts';
import { texts, useTexts } from '../../language/texts.tsx';
import { ask } from '../../session/api.ts';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { saySaved } from '../../ui/notice.ts';
import { ChangeRelation, relationChangeOf, relationDraftOf } from './change-relation.tsx';
import { columnChange, effectsQuery, isRefused } from './effects.ts';
import { EffectsNotice } from './effects-notice.tsx';
import { changeOf, defaultFits, draftOf, withType } from './field-draft.ts';
import { VALUE_TYPES } from './field-kinds.ts';
import { KINDS, worded } from './kind-texts.ts';
import { ValueFieldForm } from './value-field-form.tsx';

const TEXTS = texts(
  {
    title: 'Change the field {field}',
    type: 'What it holds',
    save: 'Save the field',
    cancel: 'Cancel',
    done: 'The field “{field}” has been changed.',
  },
  {
    title: 'Das Feld {field} ändern',
    type: 'Was es enthält',
    save: 'Feld speichern',
    cancel: 'Abbrechen',
    done: 'Das Feld „{field}“ ist geändert.',
  },
);

interface Props {
  readonly collection: string;
  /** Null: nothing is changed. */
  readonly field: string | null;
  readonly onClose: () => void;
}

export function ChangeField({ collection, field: name, onClose }: Props) {
  const t = useTexts(TEXTS);
  const model = useModel();
  const field = name === null ? undefined : model.field(collection, name);
  return (
    <Drawer
      opened={field !== undefined}
      onClose={onClose}
      title={t('title', { field: name ?? '' })}
      position="right"
      size="lg"
    >
      {field && <Form key={field.field} field={field} onClose={onClose} />}
    </Drawer>
  );
}

function Form({ field, onClose }: { readonly field: Field; readonly onClose: () => void }) {
  const t = useTexts(TEXTS);
  const words = useTexts(KINDS);
  const model = useModel();
  const queries = useQueryClient();
  const relation = model.relation(field.collection, field.field);
  const [draft, setDraft] = useState(() => draftOf(field));
  const [related, setRelated] = useState(() => relationDraftOf(relation));
  const key = model.primaryKey(field.collection)?.field ?? 'id';
  const change = columnChange(field, draft);
  const { data: effects, error } = useQuery({
    ...effectsQuery(field, key, change ?? { type: null, length: null, filled: false, unique: false }),
    enabled: change !== null,
  });
  const known = change === null || effects !== undefined || error !== null;
  const refused = change !== null && effects !== undefined && isRefused(effects);
  const fixedType = field.schema === null || field.schema.is_primary_key || relation !== undefined;

  const saving = useMutation({
    mutationFn: async () => {
      const place = `${encodeURIComponent(field.collection)}/${encodeURIComponent(field.field)}`;
      await ask(`/fields/${place}`, { method: 'PATCH', body: changeOf(field, draft) });
      const body = relation && related ? relationChangeOf(relation, related) : null;
      if (relation && body) {
        const at = `${encodeURIComponent(relation.collection)}/${encodeURIComponent(relation.field)}`;
        await ask(`/relations/${at}`, { method: 'PATCH', body });
      }
      await queries.invalidateQueries({ queryKey: ['model'] });
      saySaved(t('done', { field: field.field }));
      onClose();
    },
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (known && !refused && defaultFits(draft)) saving.mutate();
  };

  return (
    <form onSubmit={submit}>
      <Stack>
        {!fixedType && (
          <Select
            label={t('type')}
            data={types(field.type).map((value) => ({ value, label: worded(words, KINDS, value) }))}
            value={draft.type}
            onChange={(type) => type && setDraft(withType(draft, type))}
            allowDeselect={false}
          />
        )}
        {relation && related && <ChangeRelation relation={relation} draft={related} onChange={setRelated} />}
        <ValueFieldForm draft={draft} onChange={setDraft} relational={relation !== undefined} />
        <div aria-live="polite">
          {change && !error && <EffectsNotice effects={effects} />}
          {change && error && <FailureNotice failure={error} />}
        </div>
        {saving.error && <FailureNotice failure={saving.error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button type="submit" disabled={!known || refused || !defaultFits(draft)} loading={saving.isPending}>
            {t('save')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

/** A type that isn't offered, such as one of a database that was there before, stays as it is. */
const types = (own: string): readonly string[] =>
  (VALUE_TYPES as readonly string[]).includes(own) ? VALUE_TYPES : [own, ...VALUE_TYPES];
