import { Button, Drawer, Group, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { texts, useLanguage, useTexts } from '../../../language/texts.tsx';
import { FailureNotice } from '../../../ui/failure-notice.tsx';
import { Loading } from '../../../ui/loading.tsx';
import type { Item } from '../../display/template.ts';
import { titleOf, useModel } from '../../model.ts';
import type { Edits } from '../draft.ts';
import { ItemFields } from '../item-fields.tsx';
import { itemQuery } from '../item-query.ts';
import { useProblemsBefore } from '../problems.ts';
import type { Key } from './related-edits.ts';

const TEXTS = texts(
  {
    edit: 'Change: {name}',
    create: 'New: {name}',
    done: 'Take over',
    cancel: 'Cancel',
    close: 'Close',
  },
  { edit: 'Ändern: {name}', create: 'Neu: {name}', done: 'Übernehmen', cancel: 'Abbrechen', close: 'Schließen' },
);

interface Props {
  readonly collection: string;
  readonly itemKey: Key | null;
  readonly edits: Edits;
  readonly onDone: (edits: Edits) => void;
  readonly onClose: () => void;
  /** The field that leads back to where this was opened. */
  readonly without?: readonly string[];
}

/** The form of a related item, over the one it is related to. Its changes are saved together with that one. */
export function RelatedDrawer({ collection, itemKey, onClose, ...rest }: Props) {
  const t = useTexts(TEXTS);
  const { language } = useLanguage();
  const model = useModel();
  const name = titleOf(collection, language, model.collection(collection)?.meta?.translations);
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size="xl"
      title={t(itemKey === null ? 'create' : 'edit', { name })}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      {itemKey === null ? (
        <RelatedForm collection={collection} stored={null} onClose={onClose} {...rest} />
      ) : (
        <Existing collection={collection} itemKey={itemKey} onClose={onClose} {...rest} />
      )}
    </Drawer>
  );
}

function Existing({ itemKey, ...rest }: Props) {
  const model = useModel();
  const item = useQuery(itemQuery(model, rest.collection, String(itemKey)));
  if (item.error) return <FailureNotice failure={item.error} />;
  return item.data ? <RelatedForm stored={item.data} {...rest} /> : <Loading />;
}

interface FormProps extends Omit<Props, 'itemKey'> {
  readonly stored: Item | null;
}

function RelatedForm({ collection, stored, edits: before, onDone, onClose, without }: FormProps) {
  const t = useTexts(TEXTS);
  const mode = stored === null ? 'create' : 'update';
  const [edits, setEdits] = useState(before);
  const [shown, setShown] = useState(false);
  const problems = useProblemsBefore(collection, mode, edits, without);
  return (
    <Stack>
      <ItemFields
        collection={collection}
        mode={mode}
        stored={stored ?? {}}
        edits={edits}
        onEdit={(field, value) => setEdits((now) => ({ ...now, [field]: value }))}
        problems={shown ? problems : {}}
        {...(without && { without })}
      />
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          {t('cancel')}
        </Button>
        <Button
          onClick={() => {
            setShown(true);
            if (Object.keys(problems).length === 0) onDone(edits);
          }}
        >
          {t('done')}
        </Button>
      </Group>
    </Stack>
  );
}
