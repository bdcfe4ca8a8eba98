import { Alert, Button, FileInput, Group, List, Stack, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { texts, useTexts } from '../../language/texts.tsx';
import { failuresOf } from '../../session/failure.ts';
import { useFailureText } from '../../ui/failure-notice.tsx';
import { saySaved } from '../../ui/notice.ts';
import { ProgressLine } from './progress-line.tsx';
import { importItems, type Progress } from './transfer.ts';

const TEXTS = texts(
  {
    file: 'File',
    choose: 'Choose a CSV or JSON file',
    about:
      'CSV with the names of the fields in its first line, or a JSON list of objects. Items whose key exists are changed, others are made. If one line fails, nothing is stored.',
    go: 'Import',
    stop: 'Close',
    done: 'The file was imported.',
    sending: 'Sending the file',
    storing: 'Storing the items',
    title: 'Nothing was imported',
    lines: 'Lines {lines}',
  },
  {
    file: 'Datei',
    choose: 'CSV- oder JSON-Datei wählen',
    about:
      'CSV mit den Feldnamen in der ersten Zeile, oder eine JSON-Liste von Objekten. Einträge mit vorhandenem Schlüssel werden geändert, andere angelegt. Wenn eine Zeile scheitert, wird nichts gespeichert.',
    go: 'Importieren',
    stop: 'Schließen',
    done: 'Die Datei wurde importiert.',
    sending: 'Datei wird gesendet',
    storing: 'Einträge werden gespeichert',
    title: 'Nichts wurde importiert',
    lines: 'Zeilen {lines}',
  },
);

export function ImportForm({ collection, onDone }: { readonly collection: string; readonly onDone: () => void }) {
  const t = useTexts(TEXTS);
  const queries = useQueryClient();
  const say = useFailureText();
  const [file, setFile] = useState<File | null>(null);
  const [progress, setProgress] = useState<Progress | null>(null);
  const [failure, setFailure] = useState<unknown>(null);

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (!file) return;
    setFailure(null);
    setProgress({ doneBytes: 0, totalBytes: file.size });
    try {
      await importItems(collection, file, setProgress);
      await queries.invalidateQueries({ queryKey: ['items', collection] });
      saySaved(t('done'));
      onDone();
    } catch (error) {
      setFailure(error);
    } finally {
      setProgress(null);
    }
  };
  const sent = progress?.totalBytes ? progress.doneBytes >= progress.totalBytes : false;

  return (
    <form onSubmit={submit}>
      <Stack>
        <Text size="sm" c="dimmed">
          {t('about')}
        </Text>
        <FileInput
          label={t('file')}
          placeholder={t('choose')}
          accept=".csv,.json,text/csv,application/json"
          value={file}
          onChange={setFile}
          required
        />
        {progress && <ProgressLine label={sent ? t('storing') : t('sending')} progress={progress} />}
        {failure !== null && (
          <Alert color="red" role="alert" title={t('title')}>
            <List size="sm">
              {failuresOf(failure).map((one, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: failures have no key and stay in their order
                <List.Item key={index}>
                  {linesOf(one.extensions.rows) && `${t('lines', { lines: linesOf(one.extensions.rows) ?? '' })}: `}
                  {say(one)}
                </List.Item>
              ))}
            </List>
          </Alert>
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onDone}>
            {t('stop')}
          </Button>
          <Button type="submit" disabled={file === null} loading={progress !== null}>
            {t('go')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

/** The lines that the API names as failed: single ones and stretches. */
function linesOf(rows: unknown): string | null {
  if (!Array.isArray(rows)) return null;
  return rows
    .map((one: { type?: string; rows?: readonly number[]; start?: number; end?: number }) =>
      one.type === 'range' ? `${one.start}–${one.end}` : (one.rows ?? []).join(', '),
    )
    .join(', ');
}
