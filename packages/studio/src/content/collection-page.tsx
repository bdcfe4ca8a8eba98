import { useParams } from '@tanstack/react-router';
import { lazy } from 'react';
import { NotFound } from '../app/not-found.tsx';
import { ListOf } from './list/list-page.tsx';
import { useModel } from './model.ts';

const ItemOf = lazy(async () => ({ default: (await import('./item/item-page.tsx')).ItemOf }));

/** A collection: its list, or the form of its one item. */
export function CollectionPage() {
  const { collection = '' }: { collection?: string } = useParams({ strict: false });
  const found = useModel().collection(collection);
  if (!found?.schema) return <NotFound />;
  if (found.meta?.singleton) return <ItemOf key={collection} collection={collection} itemKey={null} />;
  return <ListOf key={collection} collection={collection} />;
}
