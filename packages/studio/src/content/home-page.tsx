import { Button } from '@mantine/core';
import { IconDatabase } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { texts, useTexts } from '../language/texts.tsx';
import { nameOf } from '../session/me.ts';
import { useRights } from '../session/permissions.ts';
import { useMe } from '../session/session.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { Page } from '../ui/page.tsx';
import { useModel } from './model.ts';

const TEXTS = texts(
  {
    title: 'Welcome, {name}',
    choose: 'Choose a collection at the side.',
    none: 'No collections yet',
    teach:
      'A collection is a table with the fields you choose, such as posts or products. Everything else begins with one.',
    create: 'Create a collection',
    nothing: 'Nothing has been shared with you yet. An administrator gives rights in the access control.',
  },
  {
    title: 'Willkommen, {name}',
    choose: 'Wählen Sie eine Sammlung an der Seite.',
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
  const { admin } = useRights();
  const model = useModel();
  const own = model.collections.filter(({ collection }) => !collection.startsWith('directus_'));
  return (
    <Page title={t('title', { name: nameOf(me) })}>
      {own.length > 0 ? (
        t('choose')
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
