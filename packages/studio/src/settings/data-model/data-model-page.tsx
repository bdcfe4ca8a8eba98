import { Accordion, Anchor, Badge, Button, Group, Table, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconDatabase, IconPlus } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { type Collection, useModel } from '../../content/model.ts';
import { texts, useTexts } from '../../language/texts.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Page } from '../../ui/page.tsx';
import { CreateCollection } from './create-collection.tsx';

const TEXTS = texts(
  {
    title: 'Data model',
    about:
      'Collections are tables of the database, fields are their columns. What you change here changes the API at once.',
    create: 'Create a collection',
    none: 'No collections yet',
    teach: 'A collection holds items of one kind, such as posts or products, with the fields that you choose.',
    own: 'Collections of this project',
    system: 'Collections of the system ({count})',
    systemAbout: 'What Limen itself needs: users, files, rights. They can be looked at, not changed.',
    name: 'Collection',
    fields: 'Fields',
    note: 'Note',
    hidden: 'hidden',
    singleton: 'one item',
    folder: 'folder',
  },
  {
    title: 'Datenmodell',
    about:
      'Sammlungen sind Tabellen der Datenbank, Felder ihre Spalten. Was Sie hier ändern, ändert sofort auch die API.',
    create: 'Eine Sammlung anlegen',
    none: 'Noch keine Sammlungen',
    teach: 'Eine Sammlung enthält Einträge einer Art, etwa Beiträge oder Produkte, mit Feldern Ihrer Wahl.',
    own: 'Sammlungen dieses Projekts',
    system: 'Sammlungen des Systems ({count})',
    systemAbout: 'Was Limen selbst braucht: Benutzer, Dateien, Rechte. Man kann sie ansehen, aber nicht ändern.',
    name: 'Sammlung',
    fields: 'Felder',
    note: 'Hinweis',
    hidden: 'verborgen',
    singleton: 'ein Eintrag',
    folder: 'Ordner',
  },
);

export const isSystem = (collection: string): boolean => collection.startsWith('directus_');

export function DataModelPage() {
  const t = useTexts(TEXTS);
  const model = useModel();
  const [creating, { open, close }] = useDisclosure(false);
  const sorted = [...model.collections].sort((a, b) => a.collection.localeCompare(b.collection));
  const own = sorted.filter(({ collection }) => !isSystem(collection));
  const system = sorted.filter(({ collection }) => isSystem(collection));
  const create = (
    <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={open}>
      {t('create')}
    </Button>
  );
  return (
    <Page title={t('title')} about={t('about')} actions={own.length > 0 && create}>
      {own.length === 0 ? (
        <EmptyState icon={IconDatabase} title={t('none')} action={create}>
          {t('teach')}
        </EmptyState>
      ) : (
        <CollectionTable label={t('own')} collections={own} />
      )}
      <Accordion variant="contained">
        <Accordion.Item value="system">
          <Accordion.Control>{t('system', { count: system.length })}</Accordion.Control>
          <Accordion.Panel>
            <Text size="sm" c="dimmed" mb="xs">
              {t('systemAbout')}
            </Text>
            <CollectionTable label={t('system', { count: system.length })} collections={system} />
          </Accordion.Panel>
        </Accordion.Item>
      </Accordion>
      <CreateCollection opened={creating} onClose={close} />
    </Page>
  );
}

function CollectionTable({
  label,
  collections,
}: {
  readonly label: string;
  readonly collections: readonly Collection[];
}) {
  const t = useTexts(TEXTS);
  const model = useModel();
  return (
    <Table.ScrollContainer minWidth={320} type="native">
      <Table aria-label={label} verticalSpacing="xs" highlightOnHover>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('name')}</Table.Th>
            <Table.Th>{t('fields')}</Table.Th>
            <Table.Th visibleFrom="sm">{t('note')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {collections.map(({ collection, meta, schema }) => (
            <Table.Tr key={collection}>
              <Table.Td>
                <Group gap="xs">
                  <Anchor component={Link} to={`/settings/data-model/${encodeURIComponent(collection)}`} size="sm">
                    {collection}
                  </Anchor>
                  {meta?.hidden && <Mark>{t('hidden')}</Mark>}
                  {meta?.singleton && <Mark>{t('singleton')}</Mark>}
                  {schema === null && <Mark>{t('folder')}</Mark>}
                </Group>
              </Table.Td>
              <Table.Td>{model.fields(collection).length}</Table.Td>
              <Table.Td visibleFrom="sm">{meta?.note}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

const Mark = ({ children }: { readonly children: string }) => (
  <Badge variant="default" size="sm" tt="none">
    {children}
  </Badge>
);
