import { Group, SegmentedControl, Stack, Text } from '@mantine/core';
import { useRef, useState } from 'react';
import { texts, useTexts } from '../../language/texts.tsx';
import { type FilterPlace, FilterPlaceContext, useFilterPlace } from './filter-place.ts';
import { GroupEditor } from './group-editor.tsx';
import { JsonView } from './json-view.tsx';
import { type Filter, filterOf, isComplete, treeOf } from './tree.ts';

export type { Filter } from './tree.ts';

const TEXTS = texts(
  { view: 'View of the rules', rules: 'Rules', json: 'JSON', all: 'Without a condition, everything fits.' },
  { view: 'Ansicht der Regeln', rules: 'Regeln', json: 'JSON', all: 'Ohne Bedingung passt alles.' },
);

interface Props {
  /** The collection whose items are filtered. */
  readonly collection: string;
  /** Null: everything fits. */
  readonly value: Filter | null;
  /**
   * Told on every change. `complete` is false while a condition has no field or no value yet, or the JSON is none: such a
   * condition is not in `filter`, so whoever stores a rule has to wait until it is.
   */
  readonly onChange: (filter: Filter | null, complete: boolean) => void;
  /** Dynamic variables that values may be, `$CURRENT_USER` first. Default: those that any request may use. */
  readonly variables?: readonly string[];
  /** Offers `_regex`, which validations know and queries don't. */
  readonly patterns?: boolean;
}

const ANYBODYS = ['$CURRENT_USER', '$CURRENT_ROLE', '$NOW', '$NOW(-1 day)', '$NOW(+1 day)'];

/** Conditions in groups, by field and operator, with the API's JSON beside them. */
export function FilterBuilder({ collection, value, onChange, variables = ANYBODYS, patterns = false }: Props) {
  const t = useTexts(TEXTS);
  const place = useFilterPlace(collection, variables, patterns);
  const [tree, setTree] = useState(() => treeOf(value));
  const [view, setView] = useState<'rules' | 'json'>('rules');
  // What comes back from the parent is what was told to it, unless somebody else changed it.
  const told = useRef(JSON.stringify(value));
  const given = JSON.stringify(value);
  if (given !== told.current) {
    told.current = given;
    setTree(treeOf(value));
  }

  const tell = (filter: Filter | null, complete: boolean): void => {
    told.current = JSON.stringify(filter);
    onChange(filter, complete);
  };

  return (
    <FilterPlaceContext value={place satisfies FilterPlace}>
      <Stack gap="xs">
        <Group justify="space-between" gap="xs">
          <Text size="sm" c="dimmed">
            {tree.nodes.length === 0 && view === 'rules' ? t('all') : ''}
          </Text>
          <SegmentedControl
            size="xs"
            aria-label={t('view')}
            value={view}
            onChange={(next) => {
              if (next === 'rules') setTree(treeOf(value));
              setView(next as typeof view);
            }}
            data={[
              { value: 'rules', label: t('rules') },
              { value: 'json', label: t('json') },
            ]}
          />
        </Group>
        {view === 'json' ? (
          <JsonView value={value} onChange={tell} />
        ) : (
          <GroupEditor
            group={tree}
            onChange={(next) => {
              setTree(next);
              tell(filterOf(next, place.stepsToMany), isComplete(next));
            }}
          />
        )}
      </Stack>
    </FilterPlaceContext>
  );
}
