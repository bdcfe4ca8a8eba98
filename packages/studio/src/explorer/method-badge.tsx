import { Badge } from '@mantine/core';

const COLORS: Readonly<Record<string, string>> = {
  GET: 'threshold',
  POST: 'blue',
  PATCH: 'yellow',
  PUT: 'yellow',
  DELETE: 'red',
};

export function MethodBadge({ method }: { readonly method: string }) {
  return (
    <Badge
      size="sm"
      radius="sm"
      variant="outline"
      color={COLORS[method] ?? 'gray'}
      miw={64}
      styles={{ label: { color: 'var(--mantine-color-text)' } }}
      style={{ flexShrink: 0 }}
    >
      {method}
    </Badge>
  );
}
