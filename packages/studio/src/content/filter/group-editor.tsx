import { ActionIcon, Box, Button, Group, Paper, Select, Stack } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { texts, useTexts } from '../../language/texts.tsx';
import { ConditionEditor } from './condition-editor.tsx';
import { RawEditor } from './raw-editor.tsx';
import { type Group as FilterGroup, type Node, newCondition, newGroup } from './tree.ts';

const TEXTS = texts(
  {
    mode: 'What has to fit',
    _and: 'All of these',
    _or: 'Any of these',
    condition: 'Add condition',
    group: 'Add group',
    remove: 'Remove group',
  },
  {
    mode: 'Was passen muss',
    _and: 'Alle davon',
    _or: 'Eine davon',
    condition: 'Bedingung hinzufügen',
    group: 'Gruppe hinzufügen',
    remove: 'Gruppe entfernen',
  },
);

/** Deeper ones are better read as JSON. */
const DEEPEST = 4;

interface Props {
  readonly group: FilterGroup;
  readonly onChange: (group: FilterGroup) => void;
  readonly onRemove?: () => void;
  readonly depth?: number;
}

export function GroupEditor({ group, onChange, onRemove, depth = 0 }: Props) {
  const t = useTexts(TEXTS);
  const { nodes, mode } = group;
  const put = (next: readonly Node[]): void => onChange({ ...group, nodes: next });
  const replace = (id: number, node: Node | null): void =>
    put(nodes.flatMap((one) => (one.id === id ? (node ?? []) : one)));
  const framed = depth > 0;

  const content = (
    <Stack gap="xs">
      {(nodes.length > 1 || framed) && (
        <Group gap="xs" justify="space-between">
          <Select
            size="xs"
            w={160}
            aria-label={t('mode')}
            allowDeselect={false}
            value={mode}
            onChange={(next) => next && onChange({ ...group, mode: next })}
            data={[
              { value: '_and', label: t('_and') },
              { value: '_or', label: t('_or') },
            ]}
          />
          {onRemove && (
            <ActionIcon variant="subtle" color="gray" aria-label={t('remove')} onClick={onRemove}>
              <IconX size={16} aria-hidden />
            </ActionIcon>
          )}
        </Group>
      )}
      {nodes.map((node) => (
        <Box key={node.id}>
          {node.kind === 'group' ? (
            <GroupEditor
              group={node}
              depth={depth + 1}
              onChange={(next) => replace(node.id, next)}
              onRemove={() => replace(node.id, null)}
            />
          ) : node.kind === 'raw' ? (
            <RawEditor raw={node} onRemove={() => replace(node.id, null)} />
          ) : (
            <ConditionEditor
              condition={node}
              onChange={(next) => replace(node.id, next)}
              onRemove={() => replace(node.id, null)}
            />
          )}
        </Box>
      ))}
      <Group gap="xs">
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<IconPlus size={14} aria-hidden />}
          onClick={() => put([...nodes, newCondition()])}
        >
          {t('condition')}
        </Button>
        {depth < DEEPEST && (
          <Button
            size="compact-sm"
            variant="subtle"
            onClick={() => put([...nodes, newGroup([newCondition()], mode === '_and' ? '_or' : '_and')])}
          >
            {t('group')}
          </Button>
        )}
      </Group>
    </Stack>
  );
  return framed ? (
    <Paper withBorder p="xs">
      {content}
    </Paper>
  ) : (
    content
  );
}
