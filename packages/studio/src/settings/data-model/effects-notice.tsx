import { Alert, List, Loader, Text } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react';
import { texts, useTexts } from '../../language/texts.tsx';
import type { Effects } from './effects.ts';
import { isRefused } from './effects.ts';
import { textOf } from './field-draft.ts';

const TEXTS = texts(
  {
    title: 'What this does to the data',
    counting: 'Looking at the items …',
    total: 'Items with a value in this field: {held} of {total}.',
    empty: 'Items without a value: {count}. Fill them in first: the database will refuse the change until then.',
    filled: 'Every item has a value.',
    duplicates: 'Values that several items share: {count}{more}, such as {samples}. They have to differ first.',
    unique: 'No two items share a value.',
    unfit: 'Values that don’t fit: {count}{more}, such as {samples}. Change them first.',
    fit: 'Every value fits and is kept.',
    fitSeen: 'All of the first {seen} values fit. The database checks the others when you save.',
    impossible:
      'Values of the old type can’t become values of the new one. Empty the field first, or make another field.',
    times: '“{value}” ({count} times)',
    ofItem: '“{value}” (item {key})',
    none: 'There are no items yet, so nothing is converted.',
  },
  {
    title: 'Was das mit den Daten macht',
    counting: 'Die Einträge werden angesehen …',
    total: 'Einträge mit einem Wert in diesem Feld: {held} von {total}.',
    empty: 'Einträge ohne Wert: {count}. Füllen Sie sie zuerst aus: bis dahin lehnt die Datenbank die Änderung ab.',
    filled: 'Jeder Eintrag hat einen Wert.',
    duplicates:
      'Werte, die mehrere Einträge teilen: {count}{more}, etwa {samples}. Sie müssen sich zuerst unterscheiden.',
    unique: 'Keine zwei Einträge teilen einen Wert.',
    unfit: 'Werte, die nicht passen: {count}{more}, etwa {samples}. Ändern Sie sie zuerst.',
    fit: 'Jeder Wert passt und bleibt erhalten.',
    fitSeen: 'Die ersten {seen} Werte passen alle. Die übrigen prüft die Datenbank beim Speichern.',
    impossible:
      'Werte des alten Typs können nicht zu Werten des neuen werden. Leeren Sie das Feld zuerst, oder legen Sie ein anderes an.',
    times: '„{value}“ ({count}-mal)',
    ofItem: '„{value}“ (Eintrag {key})',
    none: 'Es gibt noch keine Einträge; es wird nichts umgewandelt.',
  },
);

const shortly = (value: unknown): string => {
  const text = textOf(value);
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
};

/** What a change of a field does to the items, before it is made. `effects` is undefined while they are counted. */
export function EffectsNotice({ effects }: { readonly effects: Effects | undefined }) {
  const t = useTexts(TEXTS);
  if (!effects)
    return (
      <Text size="sm" role="status">
        <Loader size="xs" mr="xs" aria-hidden />
        {t('counting')}
      </Text>
    );
  const refused = isRefused(effects);
  return (
    <Alert
      color={refused ? 'red' : 'threshold'}
      variant="outline"
      title={t('title')}
      icon={refused ? <IconAlertTriangle aria-hidden /> : <IconCircleCheck aria-hidden />}
      role="status"
    >
      <Findings effects={effects} />
    </Alert>
  );
}

function Findings({ effects }: { readonly effects: Effects }) {
  const t = useTexts(TEXTS);
  const { total, held, empty, duplicates, unfit, impossible } = effects;
  if (total === 0) return t('none');
  const more = (there: boolean): string => (there ? '+' : '');
  const found = [t('total', { held, total })];
  if (empty !== null) found.push(empty > 0 ? t('empty', { count: empty }) : t('filled'));
  if (duplicates) {
    const samples = duplicates.samples
      .map(({ value, count }) => t('times', { value: shortly(value), count }))
      .join(', ');
    found.push(
      duplicates.values > 0
        ? t('duplicates', { count: duplicates.values, more: more(duplicates.more), samples })
        : t('unique'),
    );
  }
  if (unfit) {
    const samples = unfit.samples
      .map(({ key, value }) => t('ofItem', { value: shortly(value), key: String(key) }))
      .join(', ');
    if (unfit.count > 0) found.push(t('unfit', { count: unfit.count, more: more(unfit.more), samples }));
    else found.push(unfit.more ? t('fitSeen', { seen: unfit.seen }) : t('fit'));
  }
  if (impossible) found.push(t('impossible'));
  return (
    <List size="sm">
      {found.map((text) => (
        <List.Item key={text}>{text}</List.Item>
      ))}
    </List>
  );
}
