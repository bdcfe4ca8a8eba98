import { Button, List, Text, ThemeIcon } from '@mantine/core';
import { IconCheck, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { texts, useTexts } from '../../language/texts.tsx';
import { ask } from '../../session/api.ts';
import { useAttempt } from '../../ui/attempt.ts';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { Section } from '../../ui/section.tsx';
import type { TestResult } from './provider.ts';

const TEXTS = texts(
  {
    title: 'Test',
    about: 'Walks the way of a sign-on as far as the server can, and names the setting that is wrong.',
    run: 'Test the provider',
    good: 'Everything that can be tested from here works.',
    bad: 'Something is wrong.',
    ok: 'works',
    failed: 'fails',
    setting: 'Setting: {name}',
  },
  {
    title: 'Prüfung',
    about: 'Geht den Weg einer Anmeldung, so weit der Server kann, und nennt die falsche Einstellung.',
    run: 'Anbieter prüfen',
    good: 'Alles, was sich von hier prüfen lässt, geht.',
    bad: 'Etwas stimmt nicht.',
    ok: 'geht',
    failed: 'geht nicht',
    setting: 'Einstellung: {name}',
  },
);

export function ProviderTest({ name }: { readonly name: string }) {
  const t = useTexts(TEXTS);
  const [result, setResult] = useState<TestResult | null>(null);
  const { busy, failure, attempt } = useAttempt();
  const run = () =>
    attempt(async () => {
      setResult(null);
      setResult(await ask<TestResult>(`/providers/${encodeURIComponent(name)}/test`, { method: 'POST', body: {} }));
    });
  return (
    <Section
      title={t('title')}
      about={t('about')}
      actions={
        <Button variant="default" loading={busy} onClick={() => void run()}>
          {t('run')}
        </Button>
      }
    >
      {failure !== null && <FailureNotice failure={failure} />}
      {result && (
        <div role="status">
          <Text fw={600} size="sm" mb="xs">
            {result.ok ? t('good') : t('bad')}
          </Text>
          <List spacing="xs" size="sm" center>
            {result.steps.map((step) => (
              <List.Item
                key={step.name}
                icon={
                  <ThemeIcon
                    size={22}
                    radius="xl"
                    color={step.ok ? 'threshold' : 'red'}
                    role="img"
                    aria-label={step.ok ? t('ok') : t('failed')}
                  >
                    {step.ok ? <IconCheck size={14} aria-hidden /> : <IconX size={14} aria-hidden />}
                  </ThemeIcon>
                }
              >
                <b>{step.name}</b>: {step.detail}
                {step.setting && ` (${t('setting', { name: step.setting })})`}
              </List.Item>
            ))}
          </List>
        </div>
      )}
    </Section>
  );
}
