import { Anchor, AppShell, Burger, Group, ScrollArea, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { Outlet, useRouterState } from '@tanstack/react-router';
import { Suspense, useEffect } from 'react';
import { texts, useTexts } from '../language/texts.tsx';
import { usePreferences } from '../session/preferences.ts';
import { Loading } from '../ui/loading.tsx';
import { Navigation } from './navigation.tsx';
import { PersonMenu } from './person-menu.tsx';

const TEXTS = texts(
  { menu: 'Menu', skip: 'Skip to the content', navigation: 'Navigation' },
  { menu: 'Menü', skip: 'Zum Inhalt springen', navigation: 'Navigation' },
);

/** The frame of every page for people who are signed in. */
export function Shell() {
  const t = useTexts(TEXTS);
  usePreferences();
  const [opened, { toggle, close }] = useDisclosure(false);
  const path = useRouterState({ select: (state) => state.location.pathname });
  // biome-ignore lint/correctness/useExhaustiveDependencies: whoever went somewhere is done with the menu
  useEffect(close, [path]);
  return (
    <AppShell
      header={{ height: 52 }}
      navbar={{ width: 260, breakpoint: 'sm', collapsed: { mobile: !opened } }}
      padding="md"
    >
      <AppShell.Header>
        <Anchor href="#content" className="skip" pos="absolute" left={-10_000} onFocus={show} onBlur={hide}>
          {t('skip')}
        </Anchor>
        <Group h="100%" px="md" justify="space-between" wrap="nowrap">
          <Group gap="sm" wrap="nowrap">
            <Burger opened={opened} onClick={toggle} hiddenFrom="sm" size="sm" aria-label={t('menu')} />
            <Text fw={700}>Limen</Text>
          </Group>
          <PersonMenu />
        </Group>
      </AppShell.Header>
      <AppShell.Navbar p="sm" aria-label={t('navigation')}>
        <ScrollArea flex={1} type="auto">
          <Suspense fallback={<Loading />}>
            <Navigation />
          </Suspense>
        </ScrollArea>
      </AppShell.Navbar>
      <AppShell.Main id="content" tabIndex={-1} style={{ outline: 'none' }}>
        <Suspense fallback={<Loading />}>
          <Outlet />
        </Suspense>
      </AppShell.Main>
    </AppShell>
  );
}

const show = (event: React.FocusEvent<HTMLElement>): void => {
  event.currentTarget.style.left = '8px';
};
const hide = (event: React.FocusEvent<HTMLElement>): void => {
  event.currentTarget.style.left = '-10000px';
};
