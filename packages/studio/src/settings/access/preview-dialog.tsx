import { Alert, Badge, Button, Group, List, Modal, Paper, Stack, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { texts, useTexts } from '../../language/texts.tsx';
import { useAttempt } from '../../ui/attempt.ts';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { Loading } from '../../ui/loading.tsx';
import { ACCESS_KEYS } from './access.ts';
import { type Audience, type Change, type ChangedCollection, previewOf, type Review, save } from './preview.ts';

const TEXTS = texts(
  {
    title: 'Who gains and loses what',
    nothing: 'Nobody gains or loses anything by this change.',
    everybody: 'Everybody, without signing in',
    noRole: 'Users without a role',
    count: '{count} users',
    one: '1 user',
    none: 'no users yet',
    gains: 'gains',
    loses: 'loses',
    changes: 'changes',
    admin: 'administrates everything',
    app: 'may use the Studio',
    items: '{before} → {after} items',
    itemsSamples: 'such as {samples}',
    own: 'depends on the user, such as {before} → {after} items',
    gainedFields: 'fields gained: {fields}',
    lostFields: 'fields lost: {fields}',
    validation: 'other values are accepted',
    presets: 'other values are filled in',
    withheld: 'There is more, in what you may not read.',
    truncated: 'There is more than is listed here.',
    save: 'Save the change',
    cancel: 'Cancel',
  },
  {
    title: 'Wer gewinnt und verliert was',
    nothing: 'Niemand gewinnt oder verliert etwas durch diese Änderung.',
    everybody: 'Alle, ohne Anmeldung',
    noRole: 'Benutzer ohne Rolle',
    count: '{count} Benutzer',
    one: '1 Benutzer',
    none: 'noch keine Benutzer',
    gains: 'gewinnt',
    loses: 'verliert',
    changes: 'ändert',
    admin: 'verwaltet alles',
    app: 'darf das Studio benutzen',
    items: '{before} → {after} Einträge',
    itemsSamples: 'etwa {samples}',
    own: 'hängt vom Benutzer ab, etwa {before} → {after} Einträge',
    gainedFields: 'gewonnene Felder: {fields}',
    lostFields: 'verlorene Felder: {fields}',
    validation: 'andere Werte werden angenommen',
    presets: 'andere Werte werden eingesetzt',
    withheld: 'Es gibt mehr, in dem, was Sie nicht lesen dürfen.',
    truncated: 'Es gibt mehr, als hier steht.',
    save: 'Änderung speichern',
    cancel: 'Abbrechen',
  },
);

interface Props {
  readonly changes: readonly Change[];
  readonly onClose: () => void;
  readonly onSaved: (answers: readonly unknown[]) => void;
}

/** Shows what a change gives and takes before it is saved. */
export function PreviewDialog({ changes, onClose, onSaved }: Props) {
  const t = useTexts(TEXTS);
  const queries = useQueryClient();
  const { data: review, error } = useQuery({
    queryKey: ['access-preview', JSON.stringify(changes)],
    queryFn: () => previewOf(changes),
    gcTime: 0,
    retry: false,
  });
  const { busy, failure, attempt } = useAttempt();
  const confirm = () =>
    attempt(async () => {
      const answers = await save(changes);
      await Promise.all(ACCESS_KEYS.map((queryKey) => queries.invalidateQueries({ queryKey: [...queryKey] })));
      onSaved(answers);
    });

  return (
    <Modal opened onClose={onClose} title={t('title')} size="lg">
      <Stack>
        {error && <FailureNotice failure={error} />}
        {!review && !error && <Loading />}
        {review && <ReviewView review={review} />}
        {failure !== null && <FailureNotice failure={failure} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button onClick={() => void confirm()} loading={busy} disabled={!review}>
            {t('save')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}

function ReviewView({ review }: { readonly review: Review }) {
  const t = useTexts(TEXTS);
  return (
    <>
      {review.warnings.map(({ code, message }) => (
        <Alert key={code + message} color="red" icon={<IconAlertTriangle aria-hidden />} role="alert">
          {message}
        </Alert>
      ))}
      {!review.changed && <Text size="sm">{t('nothing')}</Text>}
      {review.audiences.map((audience) => (
        <AudienceView key={JSON.stringify([audience.who, audience.from])} audience={audience} />
      ))}
      {review.truncated && <Text size="sm">{t('truncated')}</Text>}
    </>
  );
}

function AudienceView({ audience }: { readonly audience: Audience }) {
  const t = useTexts(TEXTS);
  const { who, users, admin, app, changes, withheld } = audience;
  const name = who.kind === 'public' ? t('everybody') : (who.role?.name ?? t('noRole'));
  const own = who.policies.map((policy) => policy.name).join(', ');
  const size = users === null ? '' : users === 0 ? t('none') : users === 1 ? t('one') : t('count', { count: users });
  return (
    <Paper withBorder p="sm">
      <Text fw={600} size="sm">
        {name}
        {own && ` + ${own}`}
        {size && ` · ${size}`}
      </Text>
      <List size="sm" spacing={4}>
        {admin.before !== admin.after && (
          <List.Item>
            <Sign kind={admin.after ? 'gained' : 'lost'} /> {t('admin')}
          </List.Item>
        )}
        {app.before !== app.after && (
          <List.Item>
            <Sign kind={app.after ? 'gained' : 'lost'} /> {t('app')}
          </List.Item>
        )}
        {changes.map((change) => (
          <List.Item key={`${change.collection} ${change.action}`}>
            <ChangeView change={change} />
          </List.Item>
        ))}
      </List>
      {withheld && <Text size="sm">{t('withheld')}</Text>}
    </Paper>
  );
}

function Sign({ kind }: { readonly kind: ChangedCollection['access'] }) {
  const t = useTexts(TEXTS);
  const color = kind === 'gained' ? 'threshold' : kind === 'lost' ? 'red' : 'gray';
  const text = kind === 'gained' ? t('gains') : kind === 'lost' ? t('loses') : t('changes');
  return (
    <Badge size="sm" variant="outline" color={color} styles={{ label: { color: 'var(--mantine-color-text)' } }}>
      {text}
    </Badge>
  );
}

function ChangeView({ change }: { readonly change: ChangedCollection }) {
  const t = useTexts(TEXTS);
  const { fields, items, each, samples } = change;
  const some = [...(samples?.gained ?? []), ...(samples?.lost ?? [])].map(String);
  const first = each?.[0];
  const facts = [
    items && t('items', { before: items.before, after: items.after }),
    some.length > 0 && t('itemsSamples', { samples: some.join(', ') }),
    first && t('own', { before: first.before, after: first.after }),
    fields.gained.length > 0 && t('gainedFields', { fields: fields.gained.join(', ') }),
    fields.lost.length > 0 && t('lostFields', { fields: fields.lost.join(', ') }),
    change.validation && t('validation'),
    change.presets && t('presets'),
  ].filter(Boolean);
  return (
    <>
      <Sign kind={change.access} /> <b>{change.action}</b> {change.collection}
      {facts.length > 0 && `: ${facts.join('; ')}`}
    </>
  );
}
