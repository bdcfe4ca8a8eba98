import { Button, Group, SimpleGrid, Stack, Text, Textarea, TextInput, Title } from '@mantine/core';
import { IconSend } from '@tabler/icons-react';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { texts, useTexts } from '../language/texts.tsx';
import { useAttempt } from '../ui/attempt.ts';
import { confirm } from '../ui/confirm.tsx';
import { FailureNotice } from '../ui/failure-notice.tsx';
import { Section } from '../ui/section.tsx';
import { type Answer, answerTo } from './answer.ts';
import { AnswerView } from './answer-view.tsx';
import type { Asked, Caller } from './caller.ts';
import type { Description, Endpoint, Parameter } from './description.ts';
import { exampleOf } from './example.ts';
import { MethodBadge } from './method-badge.tsx';
import { SnippetView } from './snippet-view.tsx';

const TEXTS = texts(
  {
    tryIt: 'Try it',
    body: 'Body',
    bodyHint: 'An example made from the description: take out what you do not mean to send.',
    noJson: 'This is not JSON.',
    needed: 'The path needs this.',
    send: 'Send',
    sure: 'Send {method} {path}?',
    why: 'This changes or deletes what is really there. It can not be taken back here.',
    yes: 'Send {method}',
    no: 'Cancel',
    answer: 'Answer',
    inCode: 'In a program',
  },
  {
    tryIt: 'Ausprobieren',
    body: 'Inhalt',
    bodyHint: 'Ein Beispiel aus der Beschreibung: nehmen Sie heraus, was Sie nicht senden wollen.',
    noJson: 'Das ist kein JSON.',
    needed: 'Der Pfad braucht das.',
    send: 'Senden',
    sure: '{method} {path} senden?',
    why: 'Das ändert oder löscht, was wirklich da ist. Hier lässt es sich nicht zurücknehmen.',
    yes: '{method} senden',
    no: 'Abbrechen',
    answer: 'Antwort',
    inCode: 'In einem Programm',
  },
);

const ASKED_FIRST = ['PATCH', 'PUT', 'DELETE'];

interface Props {
  readonly caller: Caller;
  readonly description: Description;
  readonly endpoint: Endpoint;
}

/** One endpoint: what it takes, a form to try it, and the request in a program. */
export function EndpointPanel({ caller, description, endpoint }: Props) {
  const t = useTexts(TEXTS);
  const { method, path } = endpoint;
  const [values, setValues] = useState<Readonly<Record<string, string>>>({});
  const [body, setBody] = useState(() => firstBody(description, endpoint));
  const [checked, setChecked] = useState(false);
  const [answer, setAnswer] = useState<Answer | null>(null);
  const { busy, failure, attempt } = useAttempt();
  const top = useRef<HTMLDivElement>(null);
  // On narrow screens it stands below the list.
  useEffect(() => {
    top.current?.scrollIntoView({ block: 'nearest' });
  }, []);

  const isMissing = ({ in: place, name }: Parameter): boolean => place === 'path' && !values[name];
  const isMalformed = endpoint.body?.type === 'application/json' && body.trim() !== '' && !isJson(body);
  const asked = request(endpoint, values, body);

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setChecked(true);
    if (isMalformed || endpoint.parameters.some(isMissing)) return;
    const question = { title: t('sure', { method, path: asked.path }), text: t('why') };
    if (ASKED_FIRST.includes(method)) {
      if (!(await confirm({ ...question, yes: t('yes', { method }), no: t('no') }))) return;
    }
    await attempt(async () => setAnswer(await answerTo(caller, asked)));
  };

  return (
    <Stack ref={top} style={{ scrollMarginTop: 68 }}>
      <Stack gap={4}>
        <Group gap="xs" wrap="nowrap" align="center">
          <MethodBadge method={method} />
          <Title order={2} size="h4" ff="monospace" style={{ overflowWrap: 'anywhere' }}>
            {path}
          </Title>
        </Group>
        <Text size="sm">{endpoint.summary}</Text>
      </Stack>
      <Section title={t('tryIt')}>
        <form onSubmit={(event) => void submit(event)} noValidate>
          <Stack gap="sm">
            <SimpleGrid cols={{ base: 1, lg: 2 }} spacing="sm" verticalSpacing="sm">
              {endpoint.parameters.map((parameter) => (
                <TextInput
                  key={`${parameter.in} ${parameter.name}`}
                  label={parameter.name}
                  description={parameter.description}
                  required={parameter.in === 'path'}
                  error={checked && isMissing(parameter) && t('needed')}
                  value={values[parameter.name] ?? ''}
                  onChange={(event) => setValues({ ...values, [parameter.name]: event.currentTarget.value })}
                  autoComplete="off"
                />
              ))}
            </SimpleGrid>
            {endpoint.body && (
              <Textarea
                label={t('body')}
                description={endpoint.body.type === 'application/json' ? t('bodyHint') : endpoint.body.type}
                error={checked && isMalformed && t('noJson')}
                value={body}
                onChange={(event) => setBody(event.currentTarget.value)}
                autosize
                minRows={3}
                maxRows={20}
                spellCheck={false}
                styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
              />
            )}
            <Group>
              <Button
                type="submit"
                loading={busy}
                leftSection={<IconSend size={16} aria-hidden />}
                color={method === 'DELETE' ? 'red' : undefined}
              >
                {t('send')}
              </Button>
            </Group>
          </Stack>
        </form>
      </Section>
      {failure !== null && <FailureNotice failure={failure} />}
      {answer && failure === null && (
        <Section title={t('answer')}>
          <AnswerView answer={answer} />
        </Section>
      )}
      <Section title={t('inCode')}>
        <SnippetView asked={asked} />
      </Section>
    </Stack>
  );
}

function firstBody(description: Description, { body }: Endpoint): string {
  if (body?.type !== 'application/json') return '';
  return JSON.stringify(exampleOf(description, body.schema), null, 2);
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** The request that the form stands for. What is not filled in is not sent, and in a path keeps its braces. */
function request(endpoint: Endpoint, values: Readonly<Record<string, string>>, body: string): Asked {
  const path = endpoint.path.replace(/\{(\w+)\}/g, (whole, name: string) =>
    values[name] ? encodeURIComponent(values[name]) : whole,
  );
  const query = endpoint.parameters
    .filter(({ in: place, name }) => place === 'query' && values[name])
    .map(({ name }) => [name, values[name] ?? '']);
  return {
    method: endpoint.method,
    path: query.length > 0 ? `${path}?${new URLSearchParams(query)}` : path,
    ...(endpoint.body && body.trim() !== '' ? { type: endpoint.body.type, body } : {}),
  };
}
