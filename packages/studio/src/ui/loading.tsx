import { Center, Loader } from '@mantine/core';
import { texts, useTexts } from '../language/texts.tsx';

const TEXTS = texts({ loading: 'Loading' }, { loading: 'Wird geladen' });

export function Loading() {
  const t = useTexts(TEXTS);
  return (
    <Center py="xl">
      <Loader aria-label={t('loading')} role="status" />
    </Center>
  );
}
