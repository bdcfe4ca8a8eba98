import { Button, Group, Menu, Modal, Stack, TextInput } from '@mantine/core';
import { IconBookmark, IconDeviceFloppy, IconPlus, IconTrash } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import { texts, useTexts } from '../../language/texts.tsx';
import { useMe } from '../../session/session.tsx';
import { confirm } from '../../ui/confirm.tsx';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { saySaved } from '../../ui/notice.ts';
import type { ListState } from './list-state.ts';
import { type Preset, useViews } from './views.ts';

const TEXTS = texts(
  {
    views: 'Views',
    view: 'View: {name}',
    all: 'All items',
    mine: 'Saved views',
    save: 'Save as a new view…',
    update: 'Save changes in this view',
    remove: 'Delete this view…',
    saveTitle: 'Save a view',
    name: 'Name',
    keep: 'Save view',
    cancel: 'Cancel',
    saved: 'The view was saved.',
    removeTitle: 'Delete the view?',
    removeText: 'The view "{name}" is deleted. The items stay.',
    removeYes: 'Delete view',
  },
  {
    views: 'Ansichten',
    view: 'Ansicht: {name}',
    all: 'Alle Einträge',
    mine: 'Gespeicherte Ansichten',
    save: 'Als neue Ansicht speichern…',
    update: 'Änderungen in dieser Ansicht speichern',
    remove: 'Diese Ansicht löschen…',
    saveTitle: 'Ansicht speichern',
    name: 'Name',
    keep: 'Ansicht speichern',
    cancel: 'Abbrechen',
    saved: 'Die Ansicht wurde gespeichert.',
    removeTitle: 'Ansicht löschen?',
    removeText: 'Die Ansicht „{name}“ wird gelöscht. Die Einträge bleiben.',
    removeYes: 'Ansicht löschen',
  },
);

interface Props {
  readonly collection: string;
  readonly presets: readonly Preset[];
  readonly state: ListState;
  readonly onOpen: (view: string | null) => void;
}

/** Opens, saves and deletes views: what is looked for, in which order, with which columns. */
export function ViewsMenu({ collection, presets, state, onOpen }: Props) {
  const t = useTexts(TEXTS);
  const me = useMe();
  const { save, update, remove } = useViews(collection, presets);
  const [naming, setNaming] = useState(false);
  const named = presets.filter(({ bookmark }) => bookmark !== null);
  const open = named.find(({ id }) => String(id) === state.view);
  const own = open?.user === me.id;

  const drop = async (): Promise<void> => {
    if (!open) return;
    const yes = await confirm({
      title: t('removeTitle'),
      text: t('removeText', { name: open.bookmark ?? '' }),
      yes: t('removeYes'),
      no: t('cancel'),
    });
    if (!yes) return;
    await remove.mutateAsync(open.id);
    onOpen(null);
  };
  const keep = async (name: string): Promise<void> => {
    const { id } = await save.mutateAsync({ name, state });
    setNaming(false);
    saySaved(t('saved'));
    onOpen(String(id));
  };

  return (
    <>
      <Menu position="bottom-start" width={280}>
        <Menu.Target>
          <Button variant="default" leftSection={<IconBookmark size={16} aria-hidden />}>
            {open ? t('view', { name: open.bookmark ?? '' }) : t('views')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => onOpen(null)}>{t('all')}</Menu.Item>
          {named.length > 0 && <Menu.Label>{t('mine')}</Menu.Label>}
          {named.map(({ id, bookmark }) => (
            <Menu.Item key={id} onClick={() => onOpen(String(id))}>
              {bookmark}
            </Menu.Item>
          ))}
          <Menu.Divider />
          <Menu.Item leftSection={<IconPlus size={14} aria-hidden />} onClick={() => setNaming(true)}>
            {t('save')}
          </Menu.Item>
          {open && own && (
            <>
              <Menu.Item
                leftSection={<IconDeviceFloppy size={14} aria-hidden />}
                onClick={() =>
                  update.mutate(
                    { id: open.id, state },
                    {
                      onSuccess: () => {
                        saySaved(t('saved'));
                        onOpen(String(open.id));
                      },
                    },
                  )
                }
              >
                {t('update')}
              </Menu.Item>
              <Menu.Item leftSection={<IconTrash size={14} aria-hidden />} onClick={() => void drop()}>
                {t('remove')}
              </Menu.Item>
            </>
          )}
        </Menu.Dropdown>
      </Menu>
      <Modal opened={naming} onClose={() => setNaming(false)} title={t('saveTitle')}>
        <NameForm failure={save.error} busy={save.isPending} onSave={keep} onCancel={() => setNaming(false)} />
      </Modal>
    </>
  );
}

interface NameProps {
  readonly failure: unknown;
  readonly busy: boolean;
  readonly onSave: (name: string) => Promise<void>;
  readonly onCancel: () => void;
}

function NameForm({ failure, busy, onSave, onCancel }: NameProps) {
  const t = useTexts(TEXTS);
  const [name, setName] = useState('');
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void onSave(name.trim()).catch(() => undefined);
  };
  return (
    <form onSubmit={submit}>
      <Stack>
        <TextInput
          label={t('name')}
          value={name}
          maxLength={255}
          onChange={(event) => setName(event.currentTarget.value)}
          data-autofocus
          required
        />
        {failure !== null && <FailureNotice failure={failure} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onCancel}>
            {t('cancel')}
          </Button>
          <Button type="submit" loading={busy} disabled={name.trim() === ''}>
            {t('keep')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
