import { Select } from '@mantine/core';
import { texts, useTexts } from '../../language/texts.tsx';
import type { OnDelete } from './relation-draft.ts';

const TEXTS = texts(
  {
    label: 'When an item of {related} is deleted',
    'SET NULL': 'Items of {collection} stay, and their field becomes empty',
    CASCADE: 'Items of {collection} that point to it are deleted with it',
    'NO ACTION': 'It can’t be deleted while items of {collection} point to it',
  },
  {
    label: 'Wenn ein Eintrag von {related} gelöscht wird',
    'SET NULL': 'Einträge von {collection} bleiben, und ihr Feld wird leer',
    CASCADE: 'Einträge von {collection}, die auf ihn zeigen, werden mit gelöscht',
    'NO ACTION': 'Er kann nicht gelöscht werden, solange Einträge von {collection} auf ihn zeigen',
  },
);

const ACTIONS: readonly OnDelete[] = ['SET NULL', 'CASCADE', 'NO ACTION'];

interface Props {
  /** Where the foreign key is. */
  readonly collection: string;
  readonly related: string;
  readonly value: OnDelete;
  readonly onChange: (value: OnDelete) => void;
}

/** What happens to items whose related item goes, in words. */
export function OnDeleteSelect({ collection, related, value, onChange }: Props) {
  const t = useTexts(TEXTS);
  return (
    <Select
      label={t('label', { related })}
      data={ACTIONS.map((action) => ({ value: action, label: t(action, { collection }) }))}
      value={value}
      onChange={(chosen) => chosen && onChange(chosen as OnDelete)}
      allowDeselect={false}
    />
  );
}
