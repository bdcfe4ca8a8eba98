import { Anchor } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { NotFound } from '../../app/not-found.tsx';
import { texts, useLanguage, useTexts } from '../../language/texts.tsx';
import { failureOf } from '../../session/failure.ts';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { Loading } from '../../ui/loading.tsx';
import { Page } from '../../ui/page.tsx';
import { listPlace } from '../addresses.ts';
import { useLive } from '../live/use-live.ts';
import { titleOf, useModel } from '../model.ts';
import { ItemForm } from './item-form.tsx';
import { itemQuery } from './item-query.ts';

const TEXTS = texts(
  { trail: 'Back to {name}', gone: 'This item is not there, or you may not see it.' },
  { trail: 'Zurück zu {name}', gone: 'Diesen Eintrag gibt es nicht, oder Sie dürfen ihn nicht sehen.' },
);

/** The page of an address: an item, or a new one. */
export function ItemPage() {
  const { collection = '', key = '' }: { collection?: string; key?: string } = useParams({ strict: false });
  const found = useModel().collection(collection);
  if (!found?.schema) return <NotFound />;
  const place = `${collection}/${key}`;
  if (key !== '+') return <ItemOf key={place} collection={collection} itemKey={key} />;
  return (
    <ItemForm
      key={place}
      collection={collection}
      itemKey={null}
      mode="create"
      stored={NEW}
      trail={<Trail collection={collection} />}
    />
  );
}

const NEW = {};

/** An item that is there; the one of a singleton where `itemKey` is null. */
export function ItemOf({ collection, itemKey }: { readonly collection: string; readonly itemKey: string | null }) {
  const t = useTexts(TEXTS);
  const model = useModel();
  const { language } = useLanguage();
  const item = useQuery(itemQuery(model, collection, itemKey));
  useLive(collection);
  const trail = itemKey !== null && <Trail collection={collection} />;
  if (item.data)
    return (
      <ItemForm
        collection={collection}
        itemKey={itemKey}
        mode="update"
        stored={item.data}
        gone={item.isError && failureOf(item.error).code === 'FORBIDDEN'}
        trail={trail}
      />
    );
  return (
    <Page title={titleOf(collection, language, model.collection(collection)?.meta?.translations)} trail={trail}>
      {item.error ? <FailureNotice failure={item.error} title={t('gone')} /> : <Loading />}
    </Page>
  );
}

function Trail({ collection }: { readonly collection: string }) {
  const t = useTexts(TEXTS);
  const { language } = useLanguage();
  const meta = useModel().collection(collection)?.meta;
  return (
    <Anchor component={Link} to={listPlace(collection)} size="sm">
      {t('trail', { name: titleOf(collection, language, meta?.translations) })}
    </Anchor>
  );
}
