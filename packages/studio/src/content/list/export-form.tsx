import { Button, Group, Radio, Select, Stack, Text } from '@mantine/core';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { texts, useTexts } from '../../language/texts.tsx';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { saySaved } from '../../ui/notice.ts';
import type { Column } from './columns.ts';
import type { ListQuery } from './items.ts';
import { ProgressLine } from './progress-line.tsx';
import { exportItems, FORMATS, type Format, type Progress } from './transfer.ts';

const TEXTS = texts(
  {
    format: 'Format',
    which: 'Items',
    found: 'Those that the search and the filter find',
    every: 'All items',
    columns: 'Fields',
    shown: 'The columns of the list',
    all: 'All fields',
    go: 'Export',
    stop: 'Cancel',
    done: 'The file was saved.',
    reading: 'Reading the items',
  },
  {
    format: 'Format',
    which: 'Einträge',
    found: 'Die, die Suche und Filter finden',
    every: 'Alle Einträge',
    columns: 'Felder',
    shown: 'Die Spalten der Liste',
    all: 'Alle Felder',
    go: 'Exportieren',
    stop: 'Abbrechen',
    done: 'Die Datei wurde gespeichert.',
    reading: 'Einträge werden gelesen',
  },
);

interface Props {
  readonly collection: string;
  readonly query: ListQuery;
  readonly columns: readonly Column[];
  readonly onDone: () => void;
}

export function ExportForm({ collection, query, columns, onDone }: Props) {
  const t = useTexts(TEXTS);
  const [format, setFormat] = useState<Format>('csv');
  const [which, setWhich] = useState('found');
  const [fields, setFields] = useState('shown');
  const [progress, setProgress] = useState<Progress | null>(null);
  const [failure, setFailure] = useState<unknown>(null);
  const stop = useRef(new AbortController());
  useEffect(() => {
    stop.current = new AbortController();
    return () => stop.current.abort();
  }, []);

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setFailure(null);
    setProgress({ doneBytes: 0, totalBytes: null });
    const narrowed = which === 'found' ? query : { ...query, filter: null, search: '' };
    const shown = fields === 'shown' ? columns.map(({ path }) => path) : ['*'];
    try {
      await exportItems(collection, format, { ...narrowed, fields: shown }, setProgress, stop.current.signal);
      saySaved(t('done'));
      onDone();
    } catch (error) {
      if (!stop.current.signal.aborted) setFailure(error);
    } finally {
      setProgress(null);
    }
  };

  return (
    <form onSubmit={submit}>
      <Stack>
        <Select
          label={t('format')}
          allowDeselect={false}
          value={format}
          onChange={(next) => setFormat(next as Format)}
          data={FORMATS.map((one) => ({ value: one, label: one.toUpperCase() }))}
        />
        <Radio.Group label={t('which')} value={which} onChange={setWhich}>
          <Stack gap={6} mt={4}>
            <Radio value="found" label={t('found')} />
            <Radio value="every" label={t('every')} />
          </Stack>
        </Radio.Group>
        <Radio.Group label={t('columns')} value={fields} onChange={setFields}>
          <Stack gap={6} mt={4}>
            <Radio value="shown" label={t('shown')} />
            <Radio value="all" label={t('all')} />
          </Stack>
        </Radio.Group>
        {progress && <ProgressLine label={t('reading')} progress={progress} />}
        {failure !== null && <FailureNotice failure={failure} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onDone}>
            <Text span size="sm">
              {t('stop')}
            </Text>
          </Button>
          <Button type="submit" loading={progress !== null}>
            {t('go')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
