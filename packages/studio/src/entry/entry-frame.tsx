import { Center, Container, Paper, Stack, Text, Title } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { projectQuery } from './project.ts';

/** The frame of pages for people who are not signed in. */
export function EntryFrame({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  const { data } = useQuery(projectQuery);
  useDocumentTitle(`${title} · Limen`);
  return (
    <Center mih="100vh" component="main">
      <Container size={440} w="100%" py="xl">
        <Stack gap="xs" mb="md">
          <Text c="dimmed" size="sm">
            {data?.project.project_name}
          </Text>
          <Title order={1} size="h2">
            {title}
          </Title>
        </Stack>
        <Paper withBorder p="lg">
          {children}
        </Paper>
      </Container>
    </Center>
  );
}
