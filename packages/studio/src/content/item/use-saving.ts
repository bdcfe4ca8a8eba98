import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { texts, useTexts } from '../../language/texts.tsx';
import { ask } from '../../session/api.ts';
import { saySaved } from '../../ui/notice.ts';
import { itemPathOf, itemPlace, listPlace, pathOf } from '../addresses.ts';
import type { Item } from '../display/template.ts';
import { useModel } from '../model.ts';
import type { Draft } from './draft.ts';
import type { Mode } from './form-fields.ts';
import { formQuery, itemQuery } from './item-query.ts';
import { payloadOf } from './relations/related-edits.ts';

const TEXTS = texts({ saved: 'Saved.', created: 'Created.' }, { saved: 'Gespeichert.', created: 'Angelegt.' });

interface Saving {
  readonly collection: string;
  /** Null for a new item, and for the one of a singleton. */
  readonly itemKey: string | null;
  readonly mode: Mode;
  readonly draft: Draft;
  /** To be called before the page is left on purpose. */
  readonly leave: () => void;
  readonly onFailure: (error: unknown) => void;
}

/** Saving and deleting the item of a form. Only what was changed is sent. */
export function useSaving({ collection, itemKey, mode, draft, leave, onFailure }: Saving) {
  const t = useTexts(TEXTS);
  const model = useModel();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const own = itemQuery(model, collection, itemKey).queryKey;

  const save = useMutation({
    mutationFn: () => {
      const path = mode === 'create' || itemKey === null ? pathOf(collection) : itemPathOf(collection, itemKey);
      const body = payloadOf(model, collection, draft.edits);
      const params = formQuery(model, collection);
      return ask<Item | null>(path, { method: mode === 'create' ? 'POST' : 'PATCH', body, params });
    },
    onSuccess: async (answer) => {
      // Nothing comes back to who may write the item and not read it.
      const item = typeof answer === 'object' ? answer : null;
      if (mode === 'create') leave();
      else if (item) queries.setQueryData(own, item);
      draft.drop();
      saySaved(t(mode === 'create' ? 'created' : 'saved'));
      if (mode === 'create') {
        const key = item?.[model.primaryKey(collection)?.field ?? 'id'] as string | number | null | undefined;
        await navigate({ to: key == null ? listPlace(collection) : itemPlace(collection, key) });
      }
      await queries.invalidateQueries({ queryKey: ['items'] });
    },
    onError: onFailure,
  });
  const remove = useMutation({
    mutationFn: () => ask(itemPathOf(collection, itemKey ?? ''), { method: 'DELETE' }),
    onSuccess: async () => {
      leave();
      await navigate({ to: listPlace(collection) });
      queries.removeQueries({ queryKey: own });
      await queries.invalidateQueries({ queryKey: ['items'] });
    },
    onError: onFailure,
  });
  return { save, remove };
}
