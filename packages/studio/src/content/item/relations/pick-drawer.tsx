import { Button, Checkbox, Drawer, Group, Stack, Text, TextInput, UnstyledButton } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { texts, useLanguage, useTexts } from '../../../language/texts.tsx';
import { FailureNotice } from '../../../ui/failure-notice.tsx';
import { Loading } from '../../../ui/loading.tsx';
import { type Item, nameFields, nameItem } from '../../display/template.ts';
import { Thumbnail } from '../../display/value.tsx';
import { itemsQuery } from '../../list/items.ts';
import { titleOf, useModel } from '../../model.ts';
import { type Key, keyFieldOf } from './related-edits.ts';
import classes from './relations.module.css';

const TEXTS = texts(
  {
    title: 'Choose: {name}',
    search: 'Search',
    none: 'Nothing to choose from.',
    add: 'Add {count}',
    more: 'Show more',
    close: 'Close',
  },
  {
    title: 'Auswählen: {name}',
    search: 'Suchen',
    none: 'Nichts zur Auswahl.',
    add: '{count} hinzufügen',
    more: 'Mehr zeigen',
    close: 'Schließen',
  },
);

const STEP = 25;

interface Props {
  readonly collection: string;
  readonly opened: boolean;
  readonly multiple?: boolean;
  /** Keys that are there already. */
  readonly taken?: readonly Key[];
  readonly onClose: () => void;
  readonly onPick: (items: readonly Item[]) => void;
}

/** Finds items of a collection and gives the chosen ones back. */
export function PickDrawer({ collection, opened, onClose, ...rest }: Props) {
  const t = useTexts(TEXTS);
  const { language } = useLanguage();
  const model = useModel();
  const title = titleOf(collection, language, model.collection(collection)?.meta?.translations);
  return (
    <Drawer
      opened={opened}
      onClose={onClose}
      position="right"
      size="md"
      title={t('title', { name: title })}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      <Choices collection={collection} onClose={onClose} {...rest} />
    </Drawer>
  );
}

function Choices({ collection, multiple = false, taken = [], onClose, onPick }: Omit<Props, 'opened'>) {
  const t = useTexts(TEXTS);
  const model = useModel();
  const [text, setText] = useState('');
  const [search] = useDebouncedValue(text, 250);
  const [size, setSize] = useState(STEP);
  const [chosen, setChosen] = useState<readonly Item[]>([]);
  const fields = nameFields(model, collection);
  const found = useQuery(itemsQuery(collection, { fields, search, sort: [], filter: null, page: 1, size }));
  const keyField = keyFieldOf(model, collection);
  const key = (item: Item): Key => item[keyField] as Key;
  const items = (found.data ?? []).filter((item) => !taken.some((one) => String(one) === String(key(item))));
  const give = (picked: readonly Item[]): void => {
    onPick(picked);
    onClose();
  };

  return (
    <Stack>
      <TextInput
        type="search"
        aria-label={t('search')}
        placeholder={t('search')}
        leftSection={<IconSearch size={16} aria-hidden />}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        data-autofocus
      />
      {found.error && <FailureNotice failure={found.error} />}
      {found.isPending && <Loading />}
      {found.data && items.length === 0 && <Text size="sm">{t('none')}</Text>}
      <Stack gap={2}>
        {items.map((item) => {
          const name = nameItem(model, collection, item);
          if (multiple)
            return (
              <Checkbox
                key={key(item)}
                py={6}
                label={name}
                checked={chosen.some((one) => key(one) === key(item))}
                onChange={(event) =>
                  setChosen(
                    event.currentTarget.checked ? [...chosen, item] : chosen.filter((one) => key(one) !== key(item)),
                  )
                }
              />
            );
          return (
            <UnstyledButton key={key(item)} className={classes.choice} onClick={() => give([item])}>
              <Group gap="xs" wrap="nowrap">
                {collection === 'directus_files' && <Thumbnail file={String(key(item))} />}
                <Text size="sm">{name}</Text>
              </Group>
            </UnstyledButton>
          );
        })}
      </Stack>
      <Group justify="space-between">
        {found.data && found.data.length >= size ? (
          <Button variant="subtle" size="xs" onClick={() => setSize(size + STEP)}>
            {t('more')}
          </Button>
        ) : (
          <span />
        )}
        {multiple && (
          <Button disabled={chosen.length === 0} onClick={() => give(chosen)}>
            {t('add', { count: chosen.length })}
          </Button>
        )}
      </Group>
    </Stack>
  );
}
