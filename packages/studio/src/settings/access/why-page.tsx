import { Alert, Anchor, Breadcrumbs, Button, Code, Group, List, Select, Stack, Text, TextInput } from '@mantine/core';
import { IconCheck, IconQuestionMark, IconX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { useModel } from '../../content/model.ts';
import { texts, useTexts } from '../../language/texts.tsx';
import { ask } from '../../session/api.ts';
import { nameOf } from '../../session/me.ts';
import { useAttempt } from '../../ui/attempt.ts';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { Page } from '../../ui/page.tsx';
import { Section } from '../../ui/section.tsx';
import { ACTIONS, type Action } from './access.ts';
import type { Explanation, RuleNode } from './explanation.ts';

const TEXTS = texts(
  {
    list: 'Access control',
    title: 'Why may they?',
    about: 'Pick somebody, an action and an item, and see the decision with the part of the rule that made it.',
    who: 'Who',
    public: 'The public, without signing in',
    action: 'Action',
    collection: 'Collection',
    item: 'Key of the item (optional)',
    field: 'Field (optional)',
    submit: 'Why?',
    allowed: 'Allowed',
    denied: 'Denied',
    depends: 'It depends on the item',
    policies: 'Policies',
    permissions: 'Permissions',
    none: 'none',
    leftOut: 'left out: only from {from}',
    fieldsOf: 'fields: {fields}',
    holds: 'holds',
    fails: 'does not hold',
    unknown: 'depends on the item',
    all: 'all of',
    any: 'any of',
    everything: 'every item',
    nothing: 'no item: {why}',
    has: 'the item has {value}',
    is: 'which is {value}',
    leads: '{field} leads to {collection}, where',
  },
  {
    list: 'Zugriffssteuerung',
    title: 'Warum dürfen sie?',
    about:
      'Wählen Sie jemanden, eine Aktion und einen Eintrag, und sehen Sie die Entscheidung mit dem Teil der Regel, der sie traf.',
    who: 'Wer',
    public: 'Die Öffentlichkeit, ohne Anmeldung',
    action: 'Aktion',
    collection: 'Sammlung',
    item: 'Schlüssel des Eintrags (freiwillig)',
    field: 'Feld (freiwillig)',
    submit: 'Warum?',
    allowed: 'Erlaubt',
    denied: 'Verweigert',
    depends: 'Es hängt vom Eintrag ab',
    policies: 'Richtlinien',
    permissions: 'Rechte',
    none: 'keine',
    leftOut: 'ausgelassen: nur von {from}',
    fieldsOf: 'Felder: {fields}',
    holds: 'gilt',
    fails: 'gilt nicht',
    unknown: 'hängt vom Eintrag ab',
    all: 'alles von',
    any: 'eines von',
    everything: 'jeder Eintrag',
    nothing: 'kein Eintrag: {why}',
    has: 'der Eintrag hat {value}',
    is: 'das ist {value}',
    leads: '{field} führt zu {collection}, wo',
  },
);

const PUBLIC = 'public';

export function WhyPage() {
  const t = useTexts(TEXTS);
  const model = useModel();
  const [who, setWho] = useState<string | null>(PUBLIC);
  const [action, setAction] = useState<Action>('read');
  const [collection, setCollection] = useState<string | null>(null);
  const [item, setItem] = useState('');
  const [field, setField] = useState<string | null>(null);
  const [answer, setAnswer] = useState<Explanation | null>(null);
  const { busy, failure, attempt } = useAttempt();
  const { data: people = [] } = useQuery({
    queryKey: ['users', 'all-names'],
    queryFn: () =>
      ask<{ id: string }[]>('/users', {
        params: { fields: ['id', 'first_name', 'last_name', 'email'], sort: ['email'], limit: 500 },
      }),
  });

  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const asked = who === PUBLIC ? { public: true } : { user: who };
    const params = { ...asked, action, collection, ...(item ? { item } : {}), ...(field ? { field } : {}) };
    void attempt(async () => setAnswer(await ask<Explanation>('/access/explain', { params })));
  };

  return (
    <Page
      title={t('title')}
      about={t('about')}
      trail={
        <Breadcrumbs mb={4}>
          <Anchor component={Link} to="/settings/access" size="sm">
            {t('list')}
          </Anchor>
        </Breadcrumbs>
      }
    >
      <form onSubmit={submit}>
        <Group align="flex-end">
          <Select
            label={t('who')}
            data={[
              { value: PUBLIC, label: t('public') },
              ...people.map((person) => ({ value: person.id, label: nameOf(person) })),
            ]}
            value={who}
            onChange={setWho}
            allowDeselect={false}
            searchable
          />
          <Select
            label={t('action')}
            data={[...ACTIONS]}
            value={action}
            onChange={(next) => next && setAction(next as Action)}
            allowDeselect={false}
          />
          <Select
            label={t('collection')}
            data={model.collections.map((one) => one.collection)}
            value={collection}
            onChange={setCollection}
            searchable
            required
          />
          <TextInput label={t('item')} value={item} onChange={(event) => setItem(event.currentTarget.value)} />
          <Select
            label={t('field')}
            data={collection ? model.fields(collection).map((one) => one.field) : []}
            value={field}
            onChange={setField}
            searchable
            clearable
          />
          <Button type="submit" loading={busy} disabled={!collection}>
            {t('submit')}
          </Button>
        </Group>
      </form>
      {failure !== null && <FailureNotice failure={failure} />}
      {answer && <Answer answer={answer} />}
    </Page>
  );
}

function Answer({ answer }: { readonly answer: Explanation }) {
  const t = useTexts(TEXTS);
  const { verdict, message, notes, policies, permissions } = answer;
  const color = verdict === 'allowed' ? 'green' : verdict === 'denied' ? 'red' : 'yellow';
  return (
    <Stack>
      <Alert color={color} title={t(verdict)} role="status" styles={{ title: { color: 'var(--mantine-color-text)' } }}>
        {message}
        {notes.map((note) => (
          <Text key={note} size="sm">
            {note}
          </Text>
        ))}
      </Alert>
      <Section title={t('policies')}>
        {policies.length === 0 && <Text size="sm">{t('none')}</Text>}
        <List size="sm">
          {policies.map((policy) => (
            <List.Item key={policy.id} icon={<Mark holds={policy.applies} />}>
              <Anchor component={Link} to={`/settings/access/policies/${policy.id}`} size="sm">
                {policy.name}
              </Anchor>{' '}
              ({policy.through.join(', ')}) {policy.onlyFrom && t('leftOut', { from: policy.onlyFrom })}
            </List.Item>
          ))}
        </List>
      </Section>
      <Section title={t('permissions')}>
        {permissions.length === 0 && <Text size="sm">{t('none')}</Text>}
        {permissions.map((permission, index) => (
          <Stack key={permission.id ?? `app-${index}`} gap={4}>
            <Text size="sm" fw={600}>
              {permission.policy?.name} {permission.id !== null && `#${permission.id}`}
            </Text>
            <Text size="sm">{t('fieldsOf', { fields: permission.fields.join(', ') || t('none') })}</Text>
            <List size="sm" listStyleType="none">
              <Node node={permission.rule} />
            </List>
          </Stack>
        ))}
      </Section>
    </Stack>
  );
}

function Mark({ holds }: { readonly holds: boolean | null }) {
  const t = useTexts(TEXTS);
  const text = holds === null ? t('unknown') : holds ? t('holds') : t('fails');
  const Icon = holds === null ? IconQuestionMark : holds ? IconCheck : IconX;
  return <Icon size={16} role="img" aria-label={text} />;
}

const shown = (value: unknown): string => JSON.stringify(value) ?? '';

/** A part of a rule, with the parts of it below. */
function Node({ node }: { readonly node: RuleNode }) {
  const t = useTexts(TEXTS);
  const icon = <Mark holds={node.holds} />;
  switch (node.kind) {
    case 'everything':
      return <List.Item icon={icon}>{t('everything')}</List.Item>;
    case 'nothing':
      return <List.Item icon={icon}>{t('nothing', { why: node.why })}</List.Item>;
    case 'all':
    case 'any':
      return (
        <List.Item icon={icon}>
          {t(node.kind)}
          <List size="sm" withPadding listStyleType="none">
            {node.parts.map((part) => (
              <Node key={JSON.stringify(part)} node={part} />
            ))}
          </List>
        </List.Item>
      );
    case 'relation':
      return (
        <List.Item icon={icon}>
          {t('leads', { field: node.field, collection: node.collection })}
          <List size="sm" withPadding listStyleType="none">
            <Node node={node.where} />
          </List>
        </List.Item>
      );
    case 'comparison':
      return (
        <List.Item icon={icon}>
          <Code>
            {node.field} {node.operator} {shown(node.written)}
          </Code>{' '}
          {shown(node.written) !== shown(node.value) && `${t('is', { value: shown(node.value) })}; `}
          {node.stored !== undefined && t('has', { value: shown(node.stored) })}
        </List.Item>
      );
  }
}
