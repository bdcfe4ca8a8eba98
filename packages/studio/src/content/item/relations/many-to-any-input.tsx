import { Button, Group, Menu } from '@mantine/core';
import { useState } from 'react';
import { texts, useLanguage, useTexts } from '../../../language/texts.tsx';
import { useRights } from '../../../session/permissions.ts';
import { titleOf, useModel } from '../../model.ts';
import type { RelationEnd } from '../../relations.ts';
import type { InputProps } from '../inputs/input-props.ts';
import { PickDrawer } from './pick-drawer.tsx';
import { RelatedDrawer } from './related-drawer.tsx';
import { type Key, keyFieldOf } from './related-edits.ts';
import { RelatedList } from './related-list.tsx';
import { useRelatedList } from './use-related-list.ts';

const TEXTS = texts(
  { add: 'Add existing', create: 'Create new' },
  { add: 'Vorhandene hinzufügen', create: 'Neu anlegen' },
);

type Props = InputProps & { readonly end: Extract<RelationEnd, { kind: 'm2a' }> };

/** Related items of several collections. */
export function ManyToAnyInput({ end, ...props }: Props) {
  const model = useModel();
  const list = useRelatedList(end, props);
  const [open, setOpen] = useState<{ readonly what: 'pick' | 'create'; readonly collection: string } | null>(null);
  const close = (): void => setOpen(null);
  return (
    <RelatedList {...props} list={list} without={[]}>
      <Group gap="xs">
        <KindMenu {...props} end={end} action="read" onChoose={(collection) => setOpen({ what: 'pick', collection })} />
        <KindMenu
          {...props}
          end={end}
          action="create"
          onChoose={(collection) => setOpen({ what: 'create', collection })}
        />
      </Group>
      {open?.what === 'pick' && (
        <PickDrawer
          collection={open.collection}
          multiple
          opened
          taken={list.rows.flatMap((row) => (row.collection === open.collection ? (row.key ?? []) : []))}
          onClose={close}
          onPick={(items) =>
            list.add(
              items.map((item) => ({
                collection: open.collection,
                key: item[keyFieldOf(model, open.collection)] as Key,
                item,
                values: {},
              })),
            )
          }
        />
      )}
      {open?.what === 'create' && (
        <RelatedDrawer
          collection={open.collection}
          itemKey={null}
          edits={{}}
          onClose={close}
          onDone={(values) => {
            list.add([{ collection: open.collection, key: null, item: {}, values }]);
            close();
          }}
        />
      )}
    </RelatedList>
  );
}

interface KindProps extends Pick<Props, 'end' | 'label'> {
  readonly action: 'read' | 'create';
  readonly onChoose: (collection: string) => void;
}

/** A button that first asks of which collection. */
function KindMenu({ end, label, action, onChoose }: KindProps) {
  const t = useTexts(TEXTS);
  const model = useModel();
  const rights = useRights();
  const { language } = useLanguage();
  const allowed = end.allowed.filter((one) => rights.can(action, one) && model.collection(one));
  const said = action === 'read' ? t('add') : t('create');
  if (allowed.length === 0 || !rights.can('create', end.junction)) return null;
  return (
    <Menu position="bottom-start">
      <Menu.Target>
        <Button size="xs" variant="default" aria-label={`${label}: ${said}`}>
          {said}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {allowed.map((one) => (
          <Menu.Item key={one} onClick={() => onChoose(one)}>
            {titleOf(one, language, model.collection(one)?.meta?.translations)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
