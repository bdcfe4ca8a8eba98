import { Center, Checkbox, Group, Paper, Text } from '@mantine/core';
import { IconFile } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { API } from '../app/places.ts';
import { itemPlace } from '../content/addresses.ts';
import { texts, useLanguage, useTexts } from '../language/texts.tsx';
import classes from './file-card.module.css';

const TEXTS = texts({ select: 'Select {name}' }, { select: '{name} auswählen' });

/** A row of `directus_files`, as far as the person may read it. */
export interface StoredFile {
  readonly id: string;
  readonly title?: string | null;
  readonly filename_download?: string | null;
  readonly type?: string | null;
  /** In bytes; text where the database counts higher than JavaScript. */
  readonly filesize?: number | string | null;
}

interface Props {
  readonly file: StoredFile;
  readonly selected: boolean;
  readonly onSelect: (selected: boolean) => void;
}

export function FileCard({ file, selected, onSelect }: Props) {
  const t = useTexts(TEXTS);
  const { language } = useLanguage();
  const name = file.title || file.filename_download || file.id;
  const isPicture = file.type?.startsWith('image/') ?? false;
  return (
    <Paper withBorder className={classes.card} data-selected={selected || undefined}>
      <Link to={itemPlace('directus_files', file.id)} className={classes.link} preload={false}>
        <Center h={120} className={classes.picture}>
          {isPicture ? (
            <img
              src={`${API}/assets/${encodeURIComponent(file.id)}?key=system-medium-cover`}
              alt=""
              loading="lazy"
              className={classes.image}
            />
          ) : (
            <IconFile size={40} aria-hidden />
          )}
        </Center>
        <Text size="sm" truncate px="xs" pt={6}>
          {name}
        </Text>
      </Link>
      <Group justify="space-between" px="xs" pb={6} wrap="nowrap">
        <Text size="xs" c="dimmed" truncate>
          {sizeOf(file, language)}
        </Text>
        <Checkbox
          size="md"
          aria-label={t('select', { name })}
          checked={selected}
          onChange={(event) => onSelect(event.currentTarget.checked)}
        />
      </Group>
    </Paper>
  );
}

const KB = 1_000;
const MB = 1_000_000;

function sizeOf({ filesize, type }: StoredFile, language: string): string {
  const bytes = Number(filesize ?? 0);
  const [value, unit] = bytes >= MB ? [bytes / MB, 'megabyte'] : [bytes / KB, 'kilobyte'];
  const size = new Intl.NumberFormat(language, { style: 'unit', unit, maximumFractionDigits: 1 }).format(value);
  const kind = type?.split('/')[1];
  return kind ? `${kind} · ${size}` : size;
}
