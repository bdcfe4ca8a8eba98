import { Select, Stack } from '@mantine/core';
import type { Relation } from '../../content/model.ts';
import { texts, useTexts } from '../../language/texts.tsx';
import { OnDeleteSelect } from './on-delete-select.tsx';
import type { OnDelete } from './relation-draft.ts';

const TEXTS = texts(
  {
    deselect: 'When an item of {collection} is taken out of the list',
    nullify: 'It stays, and its field {field} becomes empty',
    delete: 'It is deleted',
  },
  {
    deselect: 'Wenn ein Eintrag von {collection} aus der Liste genommen wird',
    nullify: 'Er bleibt, und sein Feld {field} wird leer',
    delete: 'Er wird gelöscht',
  },
);

/** What of a relation can be changed. */
export interface RelationSettings {
  /** Null where the database has no foreign key. */
  readonly onDelete: OnDelete | null;
  readonly deselect: 'nullify' | 'delete';
}

export function relationDraftOf(relation: Relation | undefined): RelationSettings | null {
  if (!relation) return null;
  const { on_delete: onDelete } = relation.schema ?? {};
  const known = onDelete === 'CASCADE' || onDelete === 'SET NULL' ? onDelete : 'NO ACTION';
  return {
    onDelete: relation.schema ? known : null,
    deselect: relation.meta?.one_deselect_action ?? 'nullify',
  };
}

/** The body that changes the relation; null when nothing differs. */
export function relationChangeOf(relation: Relation, draft: RelationSettings) {
  const was = relationDraftOf(relation);
  const body = {
    ...(draft.onDelete === was?.onDelete ? {} : { schema: { on_delete: draft.onDelete } }),
    ...(draft.deselect === was?.deselect ? {} : { meta: { one_deselect_action: draft.deselect } }),
  };
  return Object.keys(body).length > 0 ? body : null;
}

interface Props {
  readonly relation: Relation;
  readonly draft: RelationSettings;
  readonly onChange: (draft: RelationSettings) => void;
}

/** What happens to items when the other side of a relation goes, or lets them go. */
export function ChangeRelation({ relation, draft, onChange }: Props) {
  const t = useTexts(TEXTS);
  const { collection, field, related_collection: related, meta } = relation;
  return (
    <Stack>
      {draft.onDelete !== null && related && (
        <OnDeleteSelect
          collection={collection}
          related={related}
          value={draft.onDelete}
          onChange={(onDelete) => onChange({ ...draft, onDelete })}
        />
      )}
      {meta?.one_field && (
        <Select
          label={t('deselect', { collection })}
          data={[
            { value: 'nullify', label: t('nullify', { field }) },
            { value: 'delete', label: t('delete') },
          ]}
          value={draft.deselect}
          onChange={(chosen) => chosen && onChange({ ...draft, deselect: chosen === 'delete' ? 'delete' : 'nullify' })}
          allowDeselect={false}
        />
      )}
    </Stack>
  );
}
