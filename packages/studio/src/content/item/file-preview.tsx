import { Anchor, Group, Image } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { API } from '../../app/places.ts';
import { texts, useTexts } from '../../language/texts.tsx';
import type { Item } from '../display/template.ts';

const TEXTS = texts(
  { preview: 'Preview of the file', download: 'Download' },
  { preview: 'Vorschau der Datei', download: 'Herunterladen' },
);

/** What a file of `directus_files` looks like, and a way to get it. */
export function FilePreview({ file }: { readonly file: Item }) {
  const t = useTexts(TEXTS);
  if (typeof file.id !== 'string') return null;
  const address = `${API}/assets/${encodeURIComponent(file.id)}`;
  const isPicture = typeof file.type === 'string' && file.type.startsWith('image/');
  return (
    <Group align="flex-end">
      {isPicture && (
        <Image
          src={`${address}?key=system-large-contain`}
          alt={t('preview')}
          mah={280}
          w="auto"
          maw="100%"
          fit="contain"
        />
      )}
      <Anchor href={`${address}?download`} size="sm">
        <IconDownload size={16} aria-hidden /> {t('download')}
      </Anchor>
    </Group>
  );
}
