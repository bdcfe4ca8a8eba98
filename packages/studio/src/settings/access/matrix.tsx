import { Button, Checkbox, Menu, Table, Text } from '@mantine/core';
import { useState } from 'react';
import { titleOf, useModel } from '../../content/model.ts';
import { texts, useLanguage, useTexts } from '../../language/texts.tsx';
import { ACTIONS, type Action, type Permission, type Reach, reachOf, whole } from './access.ts';
import { PermissionDialog } from './permission-dialog.tsx';

const TEXTS = texts(
  {
    collection: 'Collection',
    create: 'Create',
    read: 'Read',
    update: 'Update',
    delete: 'Delete',
    share: 'Share',
    none: 'none',
    all: 'all',
    custom: 'custom',
    setNone: 'Nothing',
    setAll: 'Everything',
    setCustom: 'Custom: items, fields, values …',
    system: 'Show system collections too',
    cell: '{action} {collection}: {reach}',
    empty: 'There are no collections yet. Make one in the data model first.',
  },
  {
    collection: 'Sammlung',
    create: 'Anlegen',
    read: 'Lesen',
    update: 'Ändern',
    delete: 'Löschen',
    share: 'Teilen',
    none: 'nichts',
    all: 'alles',
    custom: 'eigene',
    setNone: 'Nichts',
    setAll: 'Alles',
    setCustom: 'Eigene: Einträge, Felder, Werte …',
    system: 'Auch Systemsammlungen zeigen',
    cell: '{action} {collection}: {reach}',
    empty: 'Es gibt noch keine Sammlungen. Legen Sie zuerst im Datenmodell eine an.',
  },
);

interface Props {
  readonly permissions: readonly Permission[];
  readonly onChange: (permissions: readonly Permission[]) => void;
}

/** Collections by actions; each cell none, all or custom. */
export function Matrix({ permissions, onChange }: Props) {
  const t = useTexts(TEXTS);
  const { language } = useLanguage();
  const model = useModel();
  const [withSystem, setWithSystem] = useState(false);
  const [open, setOpen] = useState<{ collection: string; action: Action } | null>(null);
  const isSystem = (name: string) => name.startsWith('directus_');
  const names = model.collections
    .filter(({ collection, schema }) => schema !== null || isSystem(collection))
    .map(({ collection }) => collection)
    .filter((name) => withSystem || !isSystem(name) || permissions.some(({ collection }) => collection === name))
    .sort((a, b) => Number(isSystem(a)) - Number(isSystem(b)) || a.localeCompare(b));

  const find = (collection: string, action: Action) =>
    permissions.find((one) => one.collection === collection && one.action === action);
  const others = (collection: string, action: Action) =>
    permissions.filter((one) => one.collection !== collection || one.action !== action);
  const put = (collection: string, action: Action, next: Permission | null): void => {
    const before = find(collection, action);
    const rest = others(collection, action);
    onChange(next ? [...rest, before?.id === undefined ? next : { ...next, id: before.id }] : rest);
  };

  return (
    <>
      {names.length === 0 && <Text size="sm">{t('empty')}</Text>}
      {names.length > 0 && (
        <Table.ScrollContainer minWidth={620}>
          <Table>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t('collection')}</Table.Th>
                {ACTIONS.map((action) => (
                  <Table.Th key={action}>{t(action)}</Table.Th>
                ))}
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {names.map((name) => (
                <Table.Tr key={name}>
                  <Table.Th scope="row" fw={500}>
                    {isSystem(name) ? name : titleOf(name, language, model.collection(name)?.meta?.translations)}
                  </Table.Th>
                  {ACTIONS.map((action) => {
                    const permission = find(name, action);
                    const reach = reachOf(permission);
                    return (
                      <Table.Td key={action}>
                        <Cell
                          reach={reach}
                          label={t('cell', { action: t(action), collection: name, reach: t(reach) })}
                          onNone={() => put(name, action, null)}
                          onAll={() => put(name, action, whole(name, action))}
                          onCustom={() => setOpen({ collection: name, action })}
                        />
                      </Table.Td>
                    );
                  })}
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
      <Checkbox
        label={t('system')}
        checked={withSystem}
        onChange={(event) => setWithSystem(event.currentTarget.checked)}
      />
      {open && (
        <PermissionDialog
          permission={find(open.collection, open.action) ?? whole(open.collection, open.action)}
          onClose={() => setOpen(null)}
          onDone={(next) => {
            put(open.collection, open.action, next);
            setOpen(null);
          }}
        />
      )}
    </>
  );
}

interface CellProps {
  readonly reach: Reach;
  readonly label: string;
  readonly onNone: () => void;
  readonly onAll: () => void;
  readonly onCustom: () => void;
}

function Cell({ reach, label, onNone, onAll, onCustom }: CellProps) {
  const t = useTexts(TEXTS);
  const look = reach === 'none' ? 'default' : reach === 'all' ? 'filled' : 'outline';
  return (
    <Menu withinPortal>
      <Menu.Target>
        <Button size="compact-sm" variant={look} aria-label={label} miw={72}>
          {t(reach)}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={onNone}>{t('setNone')}</Menu.Item>
        <Menu.Item onClick={onAll}>{t('setAll')}</Menu.Item>
        <Menu.Item onClick={onCustom}>{t('setCustom')}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
