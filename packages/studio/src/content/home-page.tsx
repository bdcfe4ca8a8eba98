import { Button, Paper, SimpleGrid, Text } from '@mantine/core';
import { IconDatabase } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { texts, useLanguage, useTexts } from '../language/texts.tsx';
import { nameOf } from '../session/me.ts';
import { useRights } from '../session/permissions.ts';
import { useMe } from '../session/session.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { Page } from '../ui/page.tsx';
import { listPlace } from './addresses.ts';
import classes from './home-page.module.css';
import { type Collection, titleOf, useModel } from './model.ts';
import { shownCollections } from './shown-collections.ts';

const TEXTS = texts(
  {
    title: 'Welcome, {name}',
    none: 'No collections yet',
    teach:
      'A collection is a table with the fields you choose, such as posts or products. Everything else begins with one.',
    create: 'Create a collection',
    nothing: 'Nothing has been shared with you yet. An administrator gives rights in the access control.',
  },
  {
    title: 'Willkommen, {name}',
    none: 'Noch keine Sammlungen',
    teach:
      'Eine Sammlung ist eine Tabelle mit Feldern Ihrer Wahl, etwa Beiträge oder Produkte. Alles andere beginnt damit.',
    create: 'Eine Sammlung anlegen',
    nothing: 'Mit Ihnen wurde noch nichts geteilt. Rechte gibt eine Administratorin in der Zugriffssteuerung.',
  },
);

export function HomePage() {
  const t = useTexts(TEXTS);
  const me = useMe();
  const rights = useRights();
  const { admin } = rights;
  const collections = shownCollections(useModel(), rights);
  return (
    <Page title={t('title', { name: nameOf(me) })}>
      {collections.length > 0 ? (
        <CollectionCards collections={collections} />
      ) : (
        <EmptyState
          icon={IconDatabase}
          title={t('none')}
          action={
            admin && (
              <Button component={Link} to="/settings/data-model">
                {t('create')}
              </Button>
            )
          }
        >
          {admin ? t('teach') : t('nothing')}
        </EmptyState>
      )}
    </Page>
  );
}

function CollectionCards({ collections }: { readonly collections: readonly Collection[] }) {
  const { language } = useLanguage();
  return (
    <SimpleGrid cols={{ base: 1, sm: 2, lg: 3 }} spacing="sm">
      {collections.map(({ collection, meta }) => (
        <Paper key={collection} component={Link} to={listPlace(collection)} withBorder p="md" className={classes.card}>
          <Text fw={600}>{titleOf(collection, language, meta?.translations)}</Text>
          {meta?.note && (
            <Text size="sm" c="dimmed" lineClamp={2}>
              {meta.note}
            </Text>
          )}
        </Paper>
      ))}
    </SimpleGrid>
  );
}
