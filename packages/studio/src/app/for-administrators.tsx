import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { globalsQuery } from '../session/me.ts';
import { Loading } from '../ui/loading.tsx';
import { NotFound } from './not-found.tsx';

/** A page that isn't there for others. The API would refuse them all that it does; this spares them the attempt. */
export function ForAdministrators({ children }: { readonly children: ReactNode }) {
  const { data: globals, isPending } = useQuery(globalsQuery);
  if (isPending) return <Loading />;
  return globals?.admin_access === true ? children : <NotFound />;
}
