import { Badge, Button, Group, Paper, Stack, Table, Text } from '@mantine/core';
import { IconHistory } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { texts, useLanguage, useTexts } from '../../language/texts.tsx';
import { ask } from '../../session/api.ts';
import { nameOf } from '../../session/me.ts';
import { confirm } from '../../ui/confirm.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { Loading } from '../../ui/loading.tsx';
import { useMoments } from '../../ui/moments.ts';
import { saySaved } from '../../ui/notice.ts';
import { fieldTitle } from '../field-paths.ts';
import { useModel } from '../model.ts';
import { type Difference, differencesOf, type Revision, revisionsQuery, STEP } from './revisions-query.ts';

const TEXTS = texts(
  {
    none: 'No revisions yet',
    teach: 'Every change from now on is kept here, with what it was before, and can be taken back.',
    field: 'Field',
    before: 'Before',
    after: 'After',
    create: 'Created',
    update: 'Changed',
    revert: 'Revert to this',
    title: 'Revert the item?',
    text: 'The item gets the values that it had {when}. That is a new revision, so it can be taken back too.',
    yes: 'Revert item',
    no: 'Cancel',
    done: 'The item was reverted.',
    more: 'Show more',
    same: 'No field that you may see was changed.',
    somebody: 'Somebody',
    current: 'Current',
  },
  {
    none: 'Noch keine Versionen',
    teach: 'Jede Änderung wird ab jetzt hier festgehalten, mit dem Wert davor, und lässt sich zurücknehmen.',
    field: 'Feld',
    before: 'Vorher',
    after: 'Nachher',
    create: 'Angelegt',
    update: 'Geändert',
    revert: 'Darauf zurücksetzen',
    title: 'Eintrag zurücksetzen?',
    text: 'Der Eintrag bekommt die Werte, die er {when} hatte. Auch das ist eine neue Version und lässt sich zurücknehmen.',
    yes: 'Eintrag zurücksetzen',
    no: 'Abbrechen',
    done: 'Der Eintrag wurde zurückgesetzt.',
    more: 'Mehr zeigen',
    same: 'Kein Feld, das Sie sehen dürfen, wurde geändert.',
    somebody: 'Jemand',
    current: 'Aktuell',
  },
);

interface Props {
  readonly collection: string;
  readonly itemKey: string;
  readonly mayRevert: boolean;
}

/** What was changed in an item, when and by whom. */
export function Revisions({ collection, itemKey, mayRevert }: Props) {
  const t = useTexts(TEXTS);
  const { exact } = useMoments();
  const queries = useQueryClient();
  const [count, setCount] = useState(STEP);
  const { data, error } = useQuery(revisionsQuery(collection, itemKey, count));
  const revert = useMutation({
    mutationFn: (id: number) => ask(`/utils/revert/${id}`, { method: 'POST' }),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['items', collection] });
      saySaved(t('done'));
    },
  });
  const askRevert = async ({ id, activity }: Revision): Promise<void> => {
    const when = activity?.timestamp ? exact(activity.timestamp) : '';
    if (await confirm({ title: t('title'), text: t('text', { when }), yes: t('yes'), no: t('no'), danger: false }))
      revert.mutate(id);
  };

  if (error) return <FailureNotice failure={error} />;
  if (!data) return <Loading />;
  if (data.length === 0)
    return (
      <EmptyState icon={IconHistory} title={t('none')}>
        {t('teach')}
      </EmptyState>
    );
  return (
    <Stack>
      {revert.error && <FailureNotice failure={revert.error} />}
      {data.slice(0, count).map((revision, index) => (
        <Paper key={revision.id} withBorder p="sm" component="article">
          <Group justify="space-between" mb="xs">
            <Who revision={revision} />
            {index === 0 ? (
              <Badge variant="default">{t('current')}</Badge>
            ) : (
              mayRevert && (
                <Button
                  size="xs"
                  variant="default"
                  loading={revert.isPending && revert.variables === revision.id}
                  onClick={() => void askRevert(revision)}
                >
                  {t('revert')}
                </Button>
              )
            )}
          </Group>
          <Differences collection={collection} differences={differencesOf(revision, data[index + 1])} />
        </Paper>
      ))}
      {data.length > count && (
        <Button variant="default" onClick={() => setCount(count + STEP)}>
          {t('more')}
        </Button>
      )}
    </Stack>
  );
}

function Who({ revision: { activity } }: { readonly revision: Revision }) {
  const t = useTexts(TEXTS);
  const { exact, ago } = useMoments();
  const { user, timestamp, action } = activity ?? {};
  const who = typeof user === 'object' && user ? nameOf(user) : t('somebody');
  return (
    <Text size="sm">
      <strong>{who || t('somebody')}</strong> · {action === 'create' ? t('create') : t('update')}
      {timestamp && <span title={exact(timestamp)}> · {ago(timestamp)}</span>}
    </Text>
  );
}

interface DifferencesProps {
  readonly collection: string;
  readonly differences: readonly Difference[];
}

function Differences({ collection, differences }: DifferencesProps) {
  const t = useTexts(TEXTS);
  const model = useModel();
  const { language } = useLanguage();
  // A field that may not be read is not in the model, and what it was neither.
  const shown = differences.filter(({ field }) => model.field(collection, field));
  if (shown.length === 0) return <Text size="sm">{t('same')}</Text>;
  return (
    <Table.ScrollContainer minWidth={420}>
      <Table layout="fixed" withRowBorders>
        <Table.Thead>
          <Table.Tr>
            <Table.Th w="24%">{t('field')}</Table.Th>
            <Table.Th>{t('before')}</Table.Th>
            <Table.Th>{t('after')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {shown.map(({ field, before, after }) => {
            const found = model.field(collection, field);
            return (
              <Table.Tr key={field}>
                <Table.Td>{found ? fieldTitle(found, language) : field}</Table.Td>
                <Table.Td>
                  <Text size="sm" component="del" style={{ overflowWrap: 'anywhere' }}>
                    {inWords(before)}
                  </Text>
                </Table.Td>
                <Table.Td>
                  <Text size="sm" component="ins" td="none" style={{ overflowWrap: 'anywhere' }}>
                    {inWords(after)}
                  </Text>
                </Table.Td>
              </Table.Tr>
            );
          })}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

const LONGEST = 600;

function inWords(value: unknown): string {
  if (value === null || value === undefined) return '–';
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value);
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}
