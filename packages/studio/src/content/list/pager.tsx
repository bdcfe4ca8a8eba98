import { Group, Pagination, Select, Text } from '@mantine/core';
import { texts, useLanguage, useTexts } from '../../language/texts.tsx';
import { SIZES } from './list-state.ts';

const TEXTS = texts(
  {
    size: 'Items per page',
    range: '{from}–{to} of {count}',
    pages: 'Pages',
    first: 'First page',
    last: 'Last page',
    next: 'Next page',
    previous: 'Previous page',
    page: 'Page {page}',
  },
  {
    size: 'Einträge je Seite',
    range: '{from}–{to} von {count}',
    pages: 'Seiten',
    first: 'Erste Seite',
    last: 'Letzte Seite',
    next: 'Nächste Seite',
    previous: 'Vorige Seite',
    page: 'Seite {page}',
  },
);

interface Props {
  readonly page: number;
  readonly size: number;
  readonly count: number;
  readonly onPage: (page: number) => void;
  readonly onSize: (size: number) => void;
}

export function Pager({ page, size, count, onPage, onSize }: Props) {
  const t = useTexts(TEXTS);
  const { language } = useLanguage();
  const say = (value: number): string => value.toLocaleString(language);
  const pages = Math.max(1, Math.ceil(count / size));
  const from = Math.min(count, (page - 1) * size + 1);
  return (
    <Group justify="space-between" gap="sm">
      <Group gap="xs">
        <Text size="sm" role="status">
          {t('range', { from: say(from), to: say(Math.min(count, page * size)), count: say(count) })}
        </Text>
        <Select
          size="xs"
          w={80}
          aria-label={t('size')}
          allowDeselect={false}
          value={String(size)}
          data={SIZES.map(String)}
          onChange={(next) => next && onSize(Number(next))}
        />
      </Group>
      {pages > 1 && (
        <Pagination
          size="sm"
          total={pages}
          value={Math.min(page, pages)}
          onChange={onPage}
          siblings={1}
          aria-label={t('pages')}
          getItemProps={(one) => ({ 'aria-label': t('page', { page: one }) })}
          getControlProps={(control) => ({ 'aria-label': t(control) })}
        />
      )}
    </Group>
  );
}
