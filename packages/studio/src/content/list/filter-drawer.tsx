import { Button, Drawer, Group, Indicator, Stack } from '@mantine/core';
import { IconFilter } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import { texts, useTexts } from '../../language/texts.tsx';
import { Loading } from '../../ui/loading.tsx';
import type { Filter } from '../filter/tree.ts';

const FilterBuilder = lazy(async () => ({ default: (await import('../filter/filter-builder.tsx')).FilterBuilder }));

const TEXTS = texts(
  { filter: 'Filter', active: 'Filter (active)', apply: 'Apply', clear: 'Show everything', close: 'Close' },
  { filter: 'Filter', active: 'Filter (aktiv)', apply: 'Anwenden', clear: 'Alles zeigen', close: 'Schließen' },
);

interface Props {
  readonly collection: string;
  readonly value: Filter | null;
  readonly onChange: (filter: Filter | null) => void;
}

/** The button with the filter of a list behind it. What is built counts when it is applied. */
export function FilterDrawer({ collection, value, onChange }: Props) {
  const t = useTexts(TEXTS);
  const [opened, setOpened] = useState(false);
  const [draft, setDraft] = useState(value);
  const [complete, setComplete] = useState(true);
  const done = (filter: Filter | null): void => {
    setOpened(false);
    onChange(filter);
  };
  return (
    <>
      <Indicator disabled={value === null} size={10}>
        <Button
          variant="default"
          leftSection={<IconFilter size={16} aria-hidden />}
          aria-label={value ? t('active') : t('filter')}
          onClick={() => {
            setDraft(value);
            setComplete(true);
            setOpened(true);
          }}
        >
          {t('filter')}
        </Button>
      </Indicator>
      <Drawer
        opened={opened}
        onClose={() => setOpened(false)}
        position="right"
        size={720}
        title={t('filter')}
        closeButtonProps={{ 'aria-label': t('close') }}
      >
        <form
          onSubmit={(event) => {
            event.preventDefault();
            if (complete) done(draft);
          }}
        >
          <Stack>
            <Suspense fallback={<Loading />}>
              <FilterBuilder
                collection={collection}
                value={draft}
                onChange={(filter, whole) => {
                  setDraft(filter);
                  setComplete(whole);
                }}
              />
            </Suspense>
            <Group justify="space-between">
              <Button variant="subtle" color="gray" onClick={() => done(null)}>
                {t('clear')}
              </Button>
              <Button type="submit" disabled={!complete}>
                {t('apply')}
              </Button>
            </Group>
          </Stack>
        </form>
      </Drawer>
    </>
  );
}
