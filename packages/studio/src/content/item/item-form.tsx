import { Alert, Button, Menu, Stack } from '@mantine/core';
import { IconAlertTriangle, IconDots, IconTrash } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { texts, useLanguage, useTexts } from '../../language/texts.tsx';
import { confirm } from '../../ui/confirm.tsx';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { sayFailed } from '../../ui/notice.ts';
import { Page } from '../../ui/page.tsx';
import { type Item, nameItem } from '../display/template.ts';
import { titleOf, useModel } from '../model.ts';
import { ConflictNotice } from './conflict-notice.tsx';
import { useDraft } from './draft.ts';
import { FilePreview } from './file-preview.tsx';
import type { Mode } from './form-fields.ts';
import { ItemFields } from './item-fields.tsx';
import { itemRightsQuery } from './item-query.ts';
import { ItemTabs } from './item-tabs.tsx';
import { useProblemsBefore, useSortedFailures } from './problems.ts';
import { useLeaving } from './use-leaving.ts';
import { useSaving } from './use-saving.ts';

const TEXTS = texts(
  {
    new: 'New: {name}',
    save: 'Save',
    create: 'Create',
    undo: 'Undo changes',
    more: 'More actions',
    remove: 'Delete item…',
    removeTitle: 'Delete “{name}”?',
    removeText: 'The item is gone for good, with what depends on it.',
    removeYes: 'Delete item',
    cancel: 'Cancel',
    gone: 'This item was deleted meanwhile, or you may not see it any more. What you typed is still here to be copied.',
    check: 'Some fields need another look.',
  },
  {
    new: 'Neu: {name}',
    save: 'Speichern',
    create: 'Anlegen',
    undo: 'Änderungen verwerfen',
    more: 'Weitere Aktionen',
    remove: 'Eintrag löschen…',
    removeTitle: '„{name}“ löschen?',
    removeText: 'Der Eintrag ist endgültig fort, mit allem, was an ihm hängt.',
    removeYes: 'Eintrag löschen',
    cancel: 'Abbrechen',
    gone: 'Dieser Eintrag wurde inzwischen gelöscht, oder Sie dürfen ihn nicht mehr sehen. Ihre Eingaben stehen noch hier.',
    check: 'Einige Felder müssen noch einmal angesehen werden.',
  },
);

interface Props {
  readonly collection: string;
  readonly itemKey: string | null;
  readonly mode: Mode;
  readonly stored: Item;
  /** Whether it was deleted, or taken out of sight, while the form was open. */
  readonly gone?: boolean;
  readonly trail: ReactNode;
}

/** The form of an item, with saving and deleting it. */
export function ItemForm({ collection, itemKey, mode, stored, gone = false, trail }: Props) {
  const t = useTexts(TEXTS);
  const model = useModel();
  const { language } = useLanguage();
  const draft = useDraft(stored);
  const before = useProblemsBefore(collection, mode, draft.edits);
  const sort = useSortedFailures(collection);
  const [tried, setTried] = useState(false);
  const [failure, setFailure] = useState<unknown>(null);
  const leave = useLeaving(draft.dirty);
  const { save, remove } = useSaving({ collection, itemKey, mode, draft, leave, onFailure: setFailure });

  const singleton = mode === 'update' && itemKey === null;
  const meta = model.collection(collection)?.meta;
  const title = titleOf(collection, language, meta?.translations);
  const name = mode === 'create' ? t('new', { name: title }) : singleton ? title : nameItem(model, collection, stored);
  const { data: own } = useQuery({ ...itemRightsQuery(collection, itemKey), enabled: mode === 'update' });
  const mayUpdate = mode === 'create' || (own?.update.access ?? false);
  const mayDelete = mode === 'update' && !singleton && (own?.delete.access ?? false);

  const submit = (): void => {
    setFailure(null);
    const wrong = Object.keys(before).length > 0;
    setTried(wrong);
    if (wrong) sayFailed(t('check'));
    else save.mutate();
  };
  const drop = async (): Promise<void> => {
    const asked = { title: t('removeTitle', { name }), text: t('removeText'), yes: t('removeYes'), no: t('cancel') };
    if (await confirm(asked)) remove.mutate();
  };
  const undo = (): void => {
    setFailure(null);
    setTried(false);
    draft.drop();
  };
  const { problems, rest } = failure === null ? { problems: {}, rest: null } : sort(failure);

  const actions = (
    <>
      {draft.dirty && mode === 'update' && (
        <Button variant="default" onClick={undo}>
          {t('undo')}
        </Button>
      )}
      {mayUpdate && (
        <Button onClick={submit} loading={save.isPending} disabled={mode === 'update' && !draft.dirty}>
          {mode === 'create' ? t('create') : t('save')}
        </Button>
      )}
      {mayDelete && (
        <Menu position="bottom-end">
          <Menu.Target>
            <Button variant="default" px="xs" aria-label={t('more')}>
              <IconDots size={16} aria-hidden />
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item leftSection={<IconTrash size={14} aria-hidden />} onClick={() => void drop()}>
              {t('remove')}
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      )}
    </>
  );

  return (
    <Page title={name} about={mode === 'create' || singleton ? meta?.note : undefined} trail={trail} actions={actions}>
      <ItemTabs collection={collection} itemKey={mode === 'update' ? itemKey : null} mayRevert={mayUpdate}>
        <form
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            submit();
          }}
        >
          <Stack>
            {rest !== null && <FailureNotice failure={rest} />}
            {gone && (
              <Alert color="red" variant="outline" icon={<IconAlertTriangle aria-hidden />} role="alert">
                {t('gone')}
              </Alert>
            )}
            <ConflictNotice collection={collection} draft={draft} />
            {collection === 'directus_files' && <FilePreview file={stored} />}
            <ItemFields
              collection={collection}
              mode={mode}
              stored={stored}
              edits={draft.edits}
              onEdit={draft.edit}
              problems={tried ? { ...problems, ...before } : problems}
              locked={!mayUpdate}
            />
          </Stack>
        </form>
      </ItemTabs>
    </Page>
  );
}
