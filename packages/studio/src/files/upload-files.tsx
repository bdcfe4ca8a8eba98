import { Button, FileButton, Group, Paper, Stack, Text } from '@mantine/core';
import { IconUpload } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { type DragEvent, useState } from 'react';
import { ProgressLine } from '../content/list/progress-line.tsx';
import { type Progress, upload } from '../content/list/transfer.ts';
import { texts, useTexts } from '../language/texts.tsx';
import { FailureNotice } from '../ui/failure-notice.tsx';
import { saySaved } from '../ui/notice.ts';

const TEXTS = texts(
  {
    drop: 'Drop files here, or choose them.',
    choose: 'Upload files',
    sending: 'Uploading {name} ({at} of {count})',
    done: 'Uploaded: {count}.',
    failed: '{name} was not uploaded',
  },
  {
    drop: 'Legen Sie Dateien hier ab, oder wählen Sie sie aus.',
    choose: 'Dateien hochladen',
    sending: '{name} wird hochgeladen ({at} von {count})',
    done: 'Hochgeladen: {count}.',
    failed: '{name} wurde nicht hochgeladen',
  },
);

interface Sending extends Progress {
  readonly label: string;
}

/** Sends files of this device, one after the other; the first that is refused ends it. */
export function UploadFiles() {
  const t = useTexts(TEXTS);
  const queries = useQueryClient();
  const [sending, setSending] = useState<Sending | null>(null);
  const [failed, setFailed] = useState<{ readonly name: string; readonly error: unknown } | null>(null);

  const send = async (files: readonly File[]): Promise<void> => {
    setFailed(null);
    for (const [index, file] of files.entries()) {
      const label = t('sending', { name: file.name, at: index + 1, count: files.length });
      setSending({ label, doneBytes: 0, totalBytes: file.size });
      const form = new FormData();
      form.append('file', file, file.name);
      try {
        await upload('/files', form, (progress) => setSending({ label, ...progress }));
      } catch (error) {
        setFailed({ name: file.name, error });
        break;
      } finally {
        setSending(null);
        await queries.invalidateQueries({ queryKey: ['items', 'directus_files'] });
      }
      if (index === files.length - 1) saySaved(t('done', { count: files.length }));
    }
  };
  const drop = (event: DragEvent): void => {
    event.preventDefault();
    if (!sending) void send([...event.dataTransfer.files]);
  };

  return (
    <Paper withBorder p="sm" onDragOver={(event) => event.preventDefault()} onDrop={drop}>
      <Stack gap="xs">
        <Group justify="space-between" gap="xs">
          <Text size="sm">{t('drop')}</Text>
          <FileButton multiple onChange={(files) => void send(files)} inputProps={{ 'aria-label': t('choose') }}>
            {(props) => (
              <Button {...props} leftSection={<IconUpload size={16} aria-hidden />} loading={sending !== null}>
                {t('choose')}
              </Button>
            )}
          </FileButton>
        </Group>
        {sending && <ProgressLine label={sending.label} progress={sending} />}
        {failed && <FailureNotice failure={failed.error} title={t('failed', { name: failed.name })} />}
      </Stack>
    </Paper>
  );
}
