import { Button, Drawer, Group, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { texts, useLanguage, useTexts } from '../../../language/texts.tsx';
import { confirm } from '../../../ui/confirm.tsx';
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
    lose: 'Close without taking over?',
    loseText: 'What you changed here would be lost.',
    loseYes: 'Close without taking over',
    stay: 'Stay',
  },
  {
    edit: 'Ändern: {name}',
    create: 'Neu: {name}',
    done: 'Übernehmen',
    cancel: 'Abbrechen',
    close: 'Schließen',
    lose: 'Schließen, ohne zu übernehmen?',
    loseText: 'Was Sie hier geändert haben, ginge verloren.',
    loseYes: 'Ohne Übernehmen schließen',
    stay: 'Bleiben',
  },
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
  const dirty = useRef(false);
  const onChanged = (): void => {
    dirty.current = true;
  };
  const close = async (): Promise<void> => {
    const asked = { title: t('lose'), text: t('loseText'), yes: t('loseYes'), no: t('stay') };
    if (!dirty.current || (await confirm(asked))) onClose();
  };
  const form = { ...rest, collection, onClose: () => void close(), onChanged };
  return (
    <Drawer
      opened
      onClose={() => void close()}
      position="right"
      size="xl"
      title={t(itemKey === null ? 'create' : 'edit', { name })}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      {itemKey === null ? <RelatedForm {...form} stored={null} /> : <Existing {...form} itemKey={itemKey} />}
    </Drawer>
  );
}

function Existing({ itemKey, ...rest }: Omit<FormProps, 'stored'> & { readonly itemKey: Key }) {
  const model = useModel();
  const item = useQuery(itemQuery(model, rest.collection, String(itemKey)));
  if (item.error) return <FailureNotice failure={item.error} />;
  return item.data ? <RelatedForm stored={item.data} {...rest} /> : <Loading />;
}

interface FormProps extends Omit<Props, 'itemKey'> {
  readonly stored: Item | null;
  readonly onChanged: () => void;
}

function RelatedForm({ collection, stored, edits: before, onDone, onClose, onChanged, without }: FormProps) {
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
        onEdit={(field, value) => {
          onChanged();
          setEdits((now) => ({ ...now, [field]: value }));
        }}
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
