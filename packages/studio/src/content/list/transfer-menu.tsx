import { Button, Menu, Modal } from '@mantine/core';
import { IconArrowsExchange, IconDownload, IconUpload } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import { texts, useTexts } from '../../language/texts.tsx';
import { useRights } from '../../session/permissions.ts';
import { Loading } from '../../ui/loading.tsx';
import type { Column } from './columns.ts';
import type { ListQuery } from './items.ts';

const ExportForm = lazy(async () => ({ default: (await import('./export-form.tsx')).ExportForm }));
const ImportForm = lazy(async () => ({ default: (await import('./import-form.tsx')).ImportForm }));

const TEXTS = texts(
  {
    menu: 'Export and import',
    export: 'Export…',
    import: 'Import…',
    exportTitle: 'Export',
    importTitle: 'Import a file',
  },
  {
    menu: 'Export und Import',
    export: 'Exportieren…',
    import: 'Importieren…',
    exportTitle: 'Exportieren',
    importTitle: 'Datei importieren',
  },
);

interface Props {
  readonly collection: string;
  readonly query: ListQuery;
  readonly columns: readonly Column[];
}

export function TransferMenu({ collection, query, columns }: Props) {
  const t = useTexts(TEXTS);
  const rights = useRights();
  const [open, setOpen] = useState<'export' | 'import' | null>(null);
  const close = (): void => setOpen(null);
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <Button variant="default" leftSection={<IconArrowsExchange size={16} aria-hidden />}>
            {t('menu')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconDownload size={14} aria-hidden />} onClick={() => setOpen('export')}>
            {t('export')}
          </Menu.Item>
          {rights.can('create', collection) && (
            <Menu.Item leftSection={<IconUpload size={14} aria-hidden />} onClick={() => setOpen('import')}>
              {t('import')}
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      <Modal opened={open !== null} onClose={close} title={open === 'import' ? t('importTitle') : t('exportTitle')}>
        <Suspense fallback={<Loading />}>
          {open === 'export' && <ExportForm collection={collection} query={query} columns={columns} onDone={close} />}
          {open === 'import' && <ImportForm collection={collection} onDone={close} />}
        </Suspense>
      </Modal>
    </>
  );
}
