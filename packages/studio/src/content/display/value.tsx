import { Badge, Code, ColorSwatch, Group, Image, Text } from '@mantine/core';
import { IconCheck, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { API } from '../../app/places.ts';
import { texts, useLanguage, useTexts } from '../../language/texts.tsx';
import { choicesOf } from '../choices.ts';
import type { Field } from '../model.ts';

const TEXTS = texts({ yes: 'Yes', no: 'No', set: 'Set' }, { yes: 'Ja', no: 'Nein', set: 'Gesetzt' });

const LONGEST = 160;

/** One value of a field as a cell of a table or a line of a list shows it. Values are text, whatever they hold. */
export function Value({ field, value }: { readonly field: Field; readonly value: unknown }) {
  const t = useTexts(TEXTS);
  const { language } = useLanguage();
  if (value === null || value === undefined || value === '')
    return (
      <Text span c="dimmed" size="sm" aria-hidden>
        –
      </Text>
    );
  const choice = choicesOf(field).find((one) => one.value === value);
  if (choice)
    return (
      <Badge variant="default" tt="none" fw={500}>
        {choice.text}
      </Badge>
    );
  if (field.type === 'boolean')
    return value ? (
      <IconCheck size={18} role="img" aria-label={t('yes')} />
    ) : (
      <IconX size={18} role="img" aria-label={t('no')} />
    );
  const text = inWords(field.type, value, language);
  if (field.type === 'json') return <Code>{shorten(text)}</Code>;
  if (isSecret(field)) return <Text size="sm">{t('set')}</Text>;
  if (field.meta?.interface === 'select-color')
    return (
      <Group gap={6} wrap="nowrap">
        {/^#[0-9a-f]{3,8}$/i.test(text) && <ColorSwatch color={text} size={14} />}
        <Text size="sm">{text}</Text>
      </Group>
    );
  return (
    <Text size="sm" truncate maw={420} span title={text.length > 60 ? shorten(text) : undefined}>
      {shorten(text)}
    </Text>
  );
}

const isSecret = (field: Field): boolean =>
  field.type === 'hash' || (field.meta?.special ?? []).some((one) => one === 'conceal' || one === 'hash');

const shorten = (text: string): string => (text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text);

function inWords(type: string, value: unknown, language: string): string {
  if (typeof value === 'object') return JSON.stringify(value);
  const text = String(value);
  if (type === 'timestamp') return format(text, { dateStyle: 'medium', timeStyle: 'short' }, language);
  if (type === 'dateTime') return format(text, { dateStyle: 'medium', timeStyle: 'short' }, language);
  if (type === 'date') return format(`${text}T00:00:00`, { dateStyle: 'medium' }, language);
  return text;
}

function format(iso: string, options: Intl.DateTimeFormatOptions, language: string): string {
  const moment = new Date(iso);
  return Number.isNaN(moment.getTime()) ? iso : new Intl.DateTimeFormat(language, options).format(moment);
}

/** A small picture of a file; nothing where it is no picture. */
export function Thumbnail({
  file,
  size = 28,
  alt = '',
}: {
  readonly file: string;
  readonly size?: number;
  readonly alt?: string;
}) {
  const [broken, setBroken] = useState(false);
  if (broken || !/^[0-9a-f-]{36}$/i.test(file)) return null;
  return (
    <Image
      src={`${API}/assets/${file}?key=system-small-cover`}
      w={size}
      h={size}
      radius="sm"
      alt={alt}
      loading="lazy"
      onError={() => setBroken(true)}
    />
  );
}
