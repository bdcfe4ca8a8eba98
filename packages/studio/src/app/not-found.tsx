import { Anchor } from '@mantine/core';
import { IconMapOff } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { texts, useTexts } from '../language/texts.tsx';
import { EmptyState } from '../ui/empty-state.tsx';

const TEXTS = texts(
  { title: 'There is no such page', home: 'To the first page' },
  { title: 'Diese Seite gibt es nicht', home: 'Zur ersten Seite' },
);

export function NotFound() {
  const t = useTexts(TEXTS);
  return (
    <EmptyState icon={IconMapOff} title={t('title')}>
      <Anchor component={Link} to="/">
        {t('home')}
      </Anchor>
    </EmptyState>
  );
}
