import { Tabs } from '@mantine/core';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import { texts, useTexts } from '../language/texts.tsx';
import { Loading } from '../ui/loading.tsx';
import { Page } from '../ui/page.tsx';
import { AsWhom } from './as-whom.tsx';
import { callerWith } from './caller.ts';
import { RestTab } from './rest-tab.tsx';

const TEXTS = texts(
  {
    title: 'API explorer',
    about: 'What the API of this project offers to you, or to whoever has a token, and how it answers.',
  },
  {
    title: 'API-Explorer',
    about: 'Was die API dieses Projekts Ihnen oder dem Inhaber eines Tokens bietet, und wie sie antwortet.',
  },
);

/** The editors are heavier than all the rest of the Studio. */
const GraphqlTab = lazy(async () => ({ default: (await import('./graphql-tab.tsx')).GraphqlTab }));

export function ExplorerPage() {
  const t = useTexts(TEXTS);
  const navigate = useNavigate();
  const { tab = 'rest' }: { tab?: string } = useSearch({ strict: false });
  const [caller, setCaller] = useState(() => callerWith(null));
  const open = (next: string | null): void => void navigate({ to: '.', search: { tab: next ?? 'rest' } });
  return (
    <Page title={t('title')} about={t('about')}>
      <AsWhom caller={caller} onChange={setCaller} />
      <Tabs value={tab === 'graphql' ? 'graphql' : 'rest'} onChange={open} keepMounted={false}>
        <Tabs.List>
          <Tabs.Tab value="rest">REST</Tabs.Tab>
          <Tabs.Tab value="graphql">GraphQL</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="rest" pt="md">
          <RestTab caller={caller} />
        </Tabs.Panel>
        <Tabs.Panel value="graphql" pt="md">
          <Suspense fallback={<Loading />}>
            <GraphqlTab caller={caller} />
          </Suspense>
        </Tabs.Panel>
      </Tabs>
    </Page>
  );
}
