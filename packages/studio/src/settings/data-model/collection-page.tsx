import { Alert, Anchor, Button, Tabs } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconLock, IconPlus } from '@tabler/icons-react';
import { Link, useParams } from '@tanstack/react-router';
import { NotFound } from '../../app/not-found.tsx';
import { useModel } from '../../content/model.ts';
import { texts, useTexts } from '../../language/texts.tsx';
import { Page } from '../../ui/page.tsx';
import { CollectionSettings } from './collection-settings.tsx';
import { CreateField } from './create-field.tsx';
import { isSystem } from './data-model-page.tsx';
import { DeleteCollection } from './delete-collection.tsx';
import { FieldList } from './field-list.tsx';

const TEXTS = texts(
  {
    trail: 'Data model',
    fields: 'Fields',
    settings: 'Settings',
    add: 'Add a field',
    system: 'This collection belongs to the system: it can be looked at, not changed.',
  },
  {
    trail: 'Datenmodell',
    fields: 'Felder',
    settings: 'Einstellungen',
    add: 'Ein Feld hinzufügen',
    system: 'Diese Sammlung gehört dem System: man kann sie ansehen, aber nicht ändern.',
  },
);

export function CollectionPage() {
  const t = useTexts(TEXTS);
  const { collection: name = '' }: { collection?: string } = useParams({ strict: false });
  const model = useModel();
  const [adding, { open, close }] = useDisclosure(false);
  const collection = model.collection(name);
  if (!collection) return <NotFound />;
  const fixed = isSystem(name);
  const folder = collection.schema === null;
  const trail = (
    <Anchor component={Link} to="/settings/data-model" size="sm">
      {t('trail')}
    </Anchor>
  );
  const add = !fixed && !folder && (
    <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={open}>
      {t('add')}
    </Button>
  );
  return (
    <Page title={name} about={collection.meta?.note} trail={trail} actions={add}>
      {fixed ? (
        <>
          <Alert variant="outline" icon={<IconLock aria-hidden />}>
            {t('system')}
          </Alert>
          <FieldList collection={name} fixed />
        </>
      ) : (
        <Tabs defaultValue={folder ? 'settings' : 'fields'} keepMounted={false}>
          <Tabs.List mb="md">
            {!folder && <Tabs.Tab value="fields">{t('fields')}</Tabs.Tab>}
            <Tabs.Tab value="settings">{t('settings')}</Tabs.Tab>
          </Tabs.List>
          <Tabs.Panel value="fields">
            <FieldList collection={name} />
          </Tabs.Panel>
          <Tabs.Panel value="settings">
            <CollectionSettings collection={collection} />
            <DeleteCollection collection={name} />
          </Tabs.Panel>
        </Tabs>
      )}
      <CreateField key={name} collection={name} opened={adding} onClose={close} />
    </Page>
  );
}
