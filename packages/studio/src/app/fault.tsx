import { Button, Container, Stack } from '@mantine/core';
import { Component, type ReactNode } from 'react';
import { texts, useTexts } from '../language/texts.tsx';
import { FailureNotice } from '../ui/failure-notice.tsx';

const TEXTS = texts(
  { title: 'This page could not be shown', again: 'Try again' },
  { title: 'Diese Seite konnte nicht angezeigt werden', again: 'Noch einmal versuchen' },
);

/** What a page threw, instead of an empty window. */
export function FaultNotice({ error, again }: { readonly error: unknown; readonly again: () => void }) {
  const t = useTexts(TEXTS);
  return (
    <Container size="sm" py="xl">
      <Stack>
        <FailureNotice failure={error} title={t('title')} />
        <Button onClick={again} w="fit-content">
          {t('again')}
        </Button>
      </Stack>
    </Container>
  );
}

export class Fault extends Component<{ readonly children: ReactNode }, { readonly error: unknown }> {
  override state: { readonly error: unknown } = { error: null };

  static getDerivedStateFromError(error: unknown) {
    return { error };
  }

  override render() {
    if (this.state.error === null) return this.props.children;
    return <FaultNotice error={this.state.error} again={() => window.location.reload()} />;
  }
}
