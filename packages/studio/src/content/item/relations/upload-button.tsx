import { Button, FileButton } from '@mantine/core';
import { IconUpload } from '@tabler/icons-react';
import { useState } from 'react';
import { texts, useTexts } from '../../../language/texts.tsx';
import { FailureNotice } from '../../../ui/failure-notice.tsx';
import type { Item } from '../../display/template.ts';
import { ProgressLine } from '../../list/progress-line.tsx';
import { type Progress, upload } from '../../list/transfer.ts';

const TEXTS = texts(
  { upload: 'Upload a file', sending: 'Uploading' },
  { upload: 'Datei hochladen', sending: 'Wird hochgeladen' },
);

/** Sends a file of this device and gives back its item. */
export function UploadButton({ label, onDone }: { readonly label: string; readonly onDone: (file: Item) => void }) {
  const t = useTexts(TEXTS);
  const [progress, setProgress] = useState<Progress | null>(null);
  const [failure, setFailure] = useState<unknown>(null);
  const send = async (file: File | null): Promise<void> => {
    if (!file) return;
    setFailure(null);
    setProgress({ doneBytes: 0, totalBytes: file.size });
    const form = new FormData();
    form.append('file', file, file.name);
    try {
      onDone(await upload<Item>('/files', form, setProgress));
    } catch (error) {
      setFailure(error);
    } finally {
      setProgress(null);
    }
  };
  return (
    <>
      <FileButton onChange={(file) => void send(file)} inputProps={{ 'aria-label': `${label}: ${t('upload')}` }}>
        {(props) => (
          <Button
            {...props}
            size="xs"
            variant="default"
            leftSection={<IconUpload size={14} aria-hidden />}
            loading={progress !== null}
          >
            {t('upload')}
          </Button>
        )}
      </FileButton>
      {progress && <ProgressLine label={t('sending')} progress={progress} />}
      {failure !== null && <FailureNotice failure={failure} />}
    </>
  );
}
