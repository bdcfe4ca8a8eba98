import { Tabs } from '@mantine/core';
import { lazy, type ReactNode, Suspense, useState } from 'react';
import { texts, useTexts } from '../../language/texts.tsx';
import { useRights } from '../../session/permissions.ts';
import { Loading } from '../../ui/loading.tsx';

const Revisions = lazy(async () => ({ default: (await import('./revisions.tsx')).Revisions }));
const Comments = lazy(async () => ({ default: (await import('./comments.tsx')).Comments }));

const TEXTS = texts(
  { parts: 'Parts of the item', form: 'Item', revisions: 'Revisions', comments: 'Comments' },
  { parts: 'Teile des Eintrags', form: 'Eintrag', revisions: 'Versionen', comments: 'Kommentare' },
);

interface Props {
  readonly collection: string;
  /** Null for an item that has no history: a new one, or a singleton's. */
  readonly itemKey: string | null;
  readonly mayRevert: boolean;
  readonly children: ReactNode;
}

/** The form of an item beside its revisions and comments, for who may read those. What is typed stays in each. */
export function ItemTabs({ collection, itemKey, mayRevert, children }: Props) {
  const t = useTexts(TEXTS);
  const rights = useRights();
  const [opened, setOpened] = useState<readonly string[]>(['form']);
  const revisions = rights.can('read', 'directus_revisions');
  const comments = rights.can('read', 'directus_comments');
  if (itemKey === null || !(revisions || comments)) return children;
  return (
    <Tabs
      defaultValue="form"
      keepMounted
      onChange={(tab) => tab && !opened.includes(tab) && setOpened([...opened, tab])}
    >
      <Tabs.List aria-label={t('parts')} mb="md">
        <Tabs.Tab value="form">{t('form')}</Tabs.Tab>
        {revisions && <Tabs.Tab value="revisions">{t('revisions')}</Tabs.Tab>}
        {comments && <Tabs.Tab value="comments">{t('comments')}</Tabs.Tab>}
      </Tabs.List>
      <Tabs.Panel value="form">{children}</Tabs.Panel>
      <Suspense fallback={<Loading />}>
        {revisions && (
          <Tabs.Panel value="revisions">
            {opened.includes('revisions') && (
              <Revisions collection={collection} itemKey={itemKey} mayRevert={mayRevert} />
            )}
          </Tabs.Panel>
        )}
        {comments && (
          <Tabs.Panel value="comments">
            {opened.includes('comments') && <Comments collection={collection} itemKey={itemKey} />}
          </Tabs.Panel>
        )}
      </Suspense>
    </Tabs>
  );
}
