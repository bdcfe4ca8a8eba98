import { Button, Group, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconDatabase, IconPlus, IconSearch } from '@tabler/icons-react';
import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { Link, useSearch } from '@tanstack/react-router';
import { useEffect, useMemo, useRef, useState } from 'react';
import { texts, useLanguage, useTexts } from '../../language/texts.tsx';
import { useRights } from '../../session/permissions.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { Loading } from '../../ui/loading.tsx';
import { Page } from '../../ui/page.tsx';
import { itemPlace } from '../addresses.ts';
import { nameFields } from '../display/template.ts';
import { useLive } from '../live/use-live.ts';
import { titleOf, useModel } from '../model.ts';
import { BulkActions } from './bulk-actions.tsx';
import { type Column, columnOf, firstColumns, requestedFields } from './columns.ts';
import { ColumnsMenu } from './columns-menu.tsx';
import { FilterDrawer } from './filter-drawer.tsx';
import { countQuery, itemsQuery, type ListQuery } from './items.ts';
import { ItemsTable } from './items-table.tsx';
import { type ListState, useListState } from './list-state.ts';
import { Pager } from './pager.tsx';
import { TransferMenu } from './transfer-menu.tsx';
import { baseOf, ordinaryPreset, presetsQuery, useViews } from './views.ts';
import { ViewsMenu } from './views-menu.tsx';

const TEXTS = texts(
  {
    create: 'New item',
    search: 'Search',
    none: 'Nothing here yet',
    teach: 'Items of this collection appear here. Make the first one, or import a file with many.',
    wait: 'Items of this collection appear here as soon as somebody makes one.',
    noFit: 'Nothing fits',
    noFitTeach: 'No item fits the search and the filter.',
    clear: 'Show everything',
  },
  {
    create: 'Neuer Eintrag',
    search: 'Suchen',
    none: 'Hier ist noch nichts',
    teach: 'Hier erscheinen die Einträge der Sammlung. Legen Sie den ersten an, oder importieren Sie eine Datei.',
    wait: 'Hier erscheinen die Einträge der Sammlung, sobald jemand einen anlegt.',
    noFit: 'Nichts passt',
    noFitTeach: 'Kein Eintrag passt zur Suche und zum Filter.',
    clear: 'Alles zeigen',
  },
);

export function ListOf({ collection }: { readonly collection: string }) {
  const t = useTexts(TEXTS);
  const { language } = useLanguage();
  const model = useModel();
  const rights = useRights();
  const { data: presets } = useSuspenseQuery(presetsQuery(collection));
  const { view }: { view?: string } = useSearch({ strict: false });
  const meta = model.collection(collection)?.meta;
  const title = titleOf(collection, language, meta?.translations);
  const keyField = model.primaryKey(collection)?.field ?? 'id';

  const base = useMemo(
    () => baseOf(presets.find(({ id }) => String(id) === view) ?? ordinaryPreset(presets)),
    [presets, view],
  );
  const defaults = useMemo(
    () => ({ fields: firstColumns(model, collection), sort: meta?.sort_field ? [meta.sort_field] : [] }),
    [model, collection, meta],
  );
  const { state, change, open } = useListState(base, defaults);
  const { keep } = useViews(collection, presets);
  const arrange = (next: Partial<ListState>): void => {
    change(next);
    if (state.view === null) keep.mutate({ ...state, ...next });
  };

  const columns = useMemo(
    () =>
      state.fields
        .map((path) => columnOf(model, collection, path, language))
        .filter((one): one is Column => one !== null),
    [state.fields, model, collection, language],
  );
  const query = useMemo<ListQuery>(() => {
    const fields = new Set([
      ...nameFields(model, collection),
      ...columns.flatMap((one) => requestedFields(model, one)),
    ]);
    return { ...state, fields: [...fields] };
  }, [state, columns, model, collection]);
  const items = useQuery(itemsQuery(collection, query));
  const { data: count = 0 } = useQuery(countQuery(collection, query));
  useLive(collection);

  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const narrowed = state.filter !== null || state.search !== '';
  const empty = items.data?.length === 0 && state.page === 1;
  const mayCreate = rights.can('create', collection);

  return (
    <Page
      title={title}
      about={meta?.note}
      actions={
        <>
          <TransferMenu collection={collection} query={query} columns={columns} />
          {mayCreate && (
            <Button component={Link} to={itemPlace(collection, '+')} leftSection={<IconPlus size={16} aria-hidden />}>
              {t('create')}
            </Button>
          )}
        </>
      }
    >
      <Group gap="xs">
        <SearchInput
          key={`${collection} ${state.view}`}
          value={state.search}
          onChange={(search) => change({ search })}
        />
        <FilterDrawer collection={collection} value={state.filter} onChange={(filter) => change({ filter })} />
        <ColumnsMenu collection={collection} columns={columns} onChange={(fields) => arrange({ fields })} />
        <ViewsMenu collection={collection} presets={presets} state={state} onOpen={open} />
      </Group>
      {selected.size > 0 && (
        <BulkActions collection={collection} keys={[...selected]} onDone={() => setSelected(new Set())} />
      )}
      {items.error && <FailureNotice failure={items.error} />}
      {items.isPending ? (
        <Loading />
      ) : empty ? (
        <EmptyState
          icon={narrowed ? IconSearch : IconDatabase}
          title={narrowed ? t('noFit') : t('none')}
          action={
            narrowed && (
              <Button variant="default" onClick={() => change({ filter: null, search: '' })}>
                {t('clear')}
              </Button>
            )
          }
        >
          {narrowed ? t('noFitTeach') : mayCreate ? t('teach') : t('wait')}
        </EmptyState>
      ) : (
        <>
          <ItemsTable
            collection={collection}
            title={title}
            columns={columns}
            items={items.data ?? []}
            keyField={keyField}
            sort={state.sort}
            onSort={(path) => arrange({ sort: [path] })}
            selected={selected}
            onSelect={setSelected}
          />
          <Pager
            page={state.page}
            size={state.size}
            count={count}
            onPage={(page) => change({ page })}
            onSize={(size) => arrange({ size })}
          />
        </>
      )}
    </Page>
  );
}

function SearchInput({ value, onChange }: { readonly value: string; readonly onChange: (value: string) => void }) {
  const t = useTexts(TEXTS);
  const [text, setText] = useState(value);
  // What was typed on since must not be taken back by its own echo.
  const told = useRef(value);
  useEffect(() => {
    if (value !== told.current) setText(value);
    told.current = value;
  }, [value]);
  const tell = useDebouncedCallback(
    (next: string) => {
      told.current = next;
      onChange(next);
    },
    { delay: 300, flushOnUnmount: false },
  );
  return (
    <TextInput
      type="search"
      flex="1 1 200px"
      aria-label={t('search')}
      placeholder={t('search')}
      leftSection={<IconSearch size={16} aria-hidden />}
      value={text}
      onChange={(event) => {
        setText(event.currentTarget.value);
        tell(event.currentTarget.value);
      }}
    />
  );
}
