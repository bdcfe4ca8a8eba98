import { Anchor, Group, SimpleGrid, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconList, IconPhoto, IconSearch } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { listPlace } from '../content/addresses.ts';
import { BulkActions } from '../content/list/bulk-actions.tsx';
import { countQuery, itemsQuery } from '../content/list/items.ts';
import { useListState } from '../content/list/list-state.ts';
import { Pager } from '../content/list/pager.tsx';
import { useLive } from '../content/live/use-live.ts';
import { useModel } from '../content/model.ts';
import { texts, useTexts } from '../language/texts.tsx';
import { useRights } from '../session/permissions.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { FailureNotice } from '../ui/failure-notice.tsx';
import { Loading } from '../ui/loading.tsx';
import { Page } from '../ui/page.tsx';
import { FileCard, type StoredFile } from './file-card.tsx';
import { UploadFiles } from './upload-files.tsx';

const TEXTS = texts(
  {
    title: 'Files',
    about: 'Pictures and documents that items refer to.',
    search: 'Search',
    list: 'Show as a table',
    none: 'No files yet',
    teach: 'Upload pictures and documents here, then choose them in the forms of your items.',
    noFit: 'No file fits the search.',
  },
  {
    title: 'Dateien',
    about: 'Bilder und Dokumente, auf die Einträge verweisen.',
    search: 'Suchen',
    list: 'Als Tabelle zeigen',
    none: 'Noch keine Dateien',
    teach: 'Laden Sie hier Bilder und Dokumente hoch und wählen Sie sie dann in den Formularen Ihrer Einträge.',
    noFit: 'Keine Datei passt zur Suche.',
  },
);

const FILES = 'directus_files';
const SHOWN = ['id', 'title', 'filename_download', 'type', 'filesize', 'width', 'height', 'uploaded_on'];
const NEWEST = ['-uploaded_on'];

/** Every file of the project, as pictures. */
export function FilesPage() {
  const t = useTexts(TEXTS);
  const model = useModel();
  const rights = useRights();
  const readable = useMemo(() => SHOWN.filter((name) => model.field(FILES, name)), [model]);
  const defaults = useMemo(
    () => ({ fields: readable, sort: readable.includes('uploaded_on') ? NEWEST : [] }),
    [readable],
  );
  const { state, change } = useListState(NO_VIEW, defaults);
  const query = { ...state, fields: readable };
  const files = useQuery(itemsQuery(FILES, query));
  const { data: count = 0 } = useQuery(countQuery(FILES, query));
  const [selected, setSelected] = useState<readonly string[]>([]);
  const [sought, setSought] = useState(state.search);
  const search = useDebouncedCallback((text: string) => change({ search: text }), 300);
  useLive(FILES);

  return (
    <Page
      title={t('title')}
      about={t('about')}
      actions={
        <Anchor component={Link} to={listPlace(FILES)} size="sm">
          <IconList size={16} aria-hidden /> {t('list')}
        </Anchor>
      }
    >
      {rights.can('create', FILES) && <UploadFiles />}
      <Group gap="xs">
        <TextInput
          type="search"
          flex="1 1 200px"
          aria-label={t('search')}
          placeholder={t('search')}
          leftSection={<IconSearch size={16} aria-hidden />}
          value={sought}
          onChange={(event) => {
            setSought(event.currentTarget.value);
            search(event.currentTarget.value);
          }}
        />
      </Group>
      {selected.length > 0 && <BulkActions collection={FILES} keys={selected} onDone={() => setSelected([])} />}
      {files.error && <FailureNotice failure={files.error} />}
      {files.isPending && <Loading />}
      {files.data?.length === 0 && (
        <EmptyState icon={IconPhoto} title={state.search ? t('noFit') : t('none')}>
          {state.search ? null : t('teach')}
        </EmptyState>
      )}
      {files.data && files.data.length > 0 && (
        <>
          <SimpleGrid cols={{ base: 2, sm: 3, md: 4, lg: 6 }} spacing="sm">
            {(files.data as unknown as readonly StoredFile[]).map((file) => (
              <FileCard
                key={file.id}
                file={file}
                selected={selected.includes(file.id)}
                onSelect={(on) => setSelected(on ? [...selected, file.id] : selected.filter((one) => one !== file.id))}
              />
            ))}
          </SimpleGrid>
          <Pager
            page={state.page}
            size={state.size}
            count={count}
            onPage={(page) => change({ page })}
            onSize={(size) => change({ size })}
          />
        </>
      )}
    </Page>
  );
}

const NO_VIEW = {};
