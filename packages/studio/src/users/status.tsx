import { Badge } from '@mantine/core';
import { texts, useTexts } from '../language/texts.tsx';
import type { Status } from './user.ts';

const TEXTS = texts(
  {
    draft: 'Draft',
    invited: 'Invited',
    unverified: 'Unverified',
    active: 'Active',
    suspended: 'Suspended',
    archived: 'Archived',
  },
  {
    draft: 'Entwurf',
    invited: 'Eingeladen',
    unverified: 'Nicht bestätigt',
    active: 'Aktiv',
    suspended: 'Gesperrt',
    archived: 'Archiviert',
  },
);

/** What a status is called. */
export function useStatusName(): (status: Status) => string {
  return useTexts(TEXTS);
}

export function StatusBadge({ status }: { readonly status: Status }) {
  const name = useStatusName();
  const color = status === 'active' ? 'threshold' : status === 'suspended' ? 'red' : 'gray';
  return (
    <Badge variant="outline" color={color} styles={{ label: { color: 'var(--mantine-color-text)' } }}>
      {name(status)}
    </Badge>
  );
}
