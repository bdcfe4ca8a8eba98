import { Box, Group, Stack, Text, Title } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import type { ReactNode } from 'react';

interface Props {
  readonly title: string;
  readonly about?: ReactNode;
  /** Buttons at the right end of the title. */
  readonly actions?: ReactNode;
  /** Above the title: where this page belongs. */
  readonly trail?: ReactNode;
  readonly children: ReactNode;
}

/** A page with its one main heading, which is the tab's title too. */
export function Page({ title, about, actions, trail, children }: Props) {
  useDocumentTitle(`${title} · Limen`);
  return (
    <Stack gap="md">
      <Box>
        {trail}
        <Group justify="space-between" align="flex-start" gap="sm">
          <Box>
            <Title order={1} size="h2">
              {title}
            </Title>
            {about && (
              <Text c="dimmed" size="sm" maw={720}>
                {about}
              </Text>
            )}
          </Box>
          {actions && <Group gap="xs">{actions}</Group>}
        </Group>
      </Box>
      {children}
    </Stack>
  );
}
