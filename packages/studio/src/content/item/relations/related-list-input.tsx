import { Button, Group } from '@mantine/core';
import { useState } from 'react';
import { texts, useTexts } from '../../../language/texts.tsx';
import { useRights } from '../../../session/permissions.ts';
import type { Item } from '../../display/template.ts';
import { useModel } from '../../model.ts';
import type { RelationEnd } from '../../relations.ts';
import type { InputProps } from '../inputs/input-props.ts';
import { PickDrawer } from './pick-drawer.tsx';
import { RelatedDrawer } from './related-drawer.tsx';
import { type Key, keyFieldOf } from './related-edits.ts';
import { RelatedList } from './related-list.tsx';
import { UploadButton } from './upload-button.tsx';
import { useRelatedList } from './use-related-list.ts';

const TEXTS = texts(
  { add: 'Add existing', create: 'Create new' },
  { add: 'Vorhandene hinzufügen', create: 'Neu anlegen' },
);

type Props = InputProps & { readonly end: Extract<RelationEnd, { kind: 'o2m' | 'm2m' }> };

/** Related items of one collection, directly or through a junction: added, made, changed and removed in place. */
export function RelatedListInput({ end, ...props }: Props) {
  const t = useTexts(TEXTS);
  const model = useModel();
  const rights = useRights();
  const list = useRelatedList(end, props);
  const [open, setOpen] = useState<'pick' | 'create' | null>(null);
  const { related } = end;
  const keyField = keyFieldOf(model, related);
  // Adding an existing item to a list changes the item itself, or makes a row in between.
  const mayLink =
    end.kind === 'o2m' ? rights.canField('update', related, end.foreign) : rights.can('create', end.junction);
  const mayCreate = rights.can('create', related) && (end.kind === 'o2m' || mayLink);
  const link = (items: readonly Item[]): void =>
    list.add(items.map((item) => ({ collection: related, key: item[keyField] as Key, item, values: {} })));

  return (
    <RelatedList {...props} list={list} without={end.kind === 'o2m' ? [end.foreign] : []}>
      <Group gap="xs">
        {mayLink && rights.can('read', related) && (
          <Button
            size="xs"
            variant="default"
            aria-label={`${props.label}: ${t('add')}`}
            onClick={() => setOpen('pick')}
          >
            {t('add')}
          </Button>
        )}
        {mayCreate && related !== 'directus_files' && (
          <Button
            size="xs"
            variant="default"
            aria-label={`${props.label}: ${t('create')}`}
            onClick={() => setOpen('create')}
          >
            {t('create')}
          </Button>
        )}
        {mayCreate && related === 'directus_files' && (
          <UploadButton label={props.label} onDone={(file) => link([file])} />
        )}
      </Group>
      <PickDrawer
        collection={related}
        multiple
        taken={list.rows.flatMap(({ key }) => key ?? [])}
        opened={open === 'pick'}
        onClose={() => setOpen(null)}
        onPick={link}
      />
      {open === 'create' && (
        <RelatedDrawer
          collection={related}
          itemKey={null}
          edits={{}}
          without={end.kind === 'o2m' ? [end.foreign] : []}
          onClose={() => setOpen(null)}
          onDone={(values) => {
            list.add([{ collection: related, key: null, item: {}, values }]);
            setOpen(null);
          }}
        />
      )}
    </RelatedList>
  );
}
