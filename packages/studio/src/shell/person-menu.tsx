import { ActionIcon, Group, Menu, Text, UnstyledButton, useMantineColorScheme } from '@mantine/core';
import { IconLogout, IconMoon, IconSun, IconUser } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { texts, useTexts } from '../language/texts.tsx';
import { nameOf } from '../session/me.ts';
import { useMe, useSession } from '../session/session.tsx';

const TEXTS = texts(
  {
    profile: 'My profile',
    out: 'Sign out',
    dark: 'Use the dark look',
    light: 'Use the light look',
    person: 'Account menu',
  },
  { profile: 'Mein Profil', out: 'Abmelden', dark: 'Dunkel anzeigen', light: 'Hell anzeigen', person: 'Kontomenü' },
);

/** Who is signed in, and what she can do about that. */
export function PersonMenu() {
  const t = useTexts(TEXTS);
  const me = useMe();
  const { end } = useSession();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const dark = colorScheme === 'dark' || (colorScheme === 'auto' && matchMedia('(prefers-color-scheme: dark)').matches);

  return (
    <Group gap="xs" wrap="nowrap">
      <ActionIcon
        variant="subtle"
        color="gray"
        aria-label={dark ? t('light') : t('dark')}
        onClick={() => setColorScheme(dark ? 'light' : 'dark')}
      >
        {dark ? <IconSun size={18} aria-hidden /> : <IconMoon size={18} aria-hidden />}
      </ActionIcon>
      <Menu position="bottom-end" width={220}>
        <Menu.Target>
          <UnstyledButton aria-label={`${t('person')}: ${nameOf(me)}`}>
            <Group gap={6} wrap="nowrap">
              <IconUser size={18} aria-hidden />
              <Text size="sm" maw={180} truncate>
                {nameOf(me)}
              </Text>
            </Group>
          </UnstyledButton>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item component={Link} to="/profile" leftSection={<IconUser size={16} aria-hidden />}>
            {t('profile')}
          </Menu.Item>
          <Menu.Item onClick={() => void end()} leftSection={<IconLogout size={16} aria-hidden />}>
            {t('out')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </Group>
  );
}
