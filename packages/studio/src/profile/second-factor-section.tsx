import { Box, Button, Code, Group, List, Stack, Text, TextInput } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { renderSVG } from 'uqr';
import { texts, useTexts } from '../language/texts.tsx';
import { ask } from '../session/api.ts';
import { useAttempt } from '../ui/attempt.ts';
import { FailureNotice } from '../ui/failure-notice.tsx';
import { saySaved } from '../ui/notice.ts';
import { Section } from '../ui/section.tsx';
import { ShownOnce } from '../ui/shown-once.tsx';
import { factorsQuery } from './factors.ts';
import { withProof } from './proof.tsx';

const TEXTS = texts(
  {
    title: 'Two-factor authentication',
    about: 'A password alone is not enough then: signing in also asks for a code of an app on your phone.',
    off: 'It is off.',
    on: 'It is on. {count} recovery codes are left.',
    enable: 'Turn on',
    disable: 'Turn off',
    codes: 'Make new recovery codes',
    scan: 'Scan this with your app, or type the key. Then type the code that the app shows.',
    key: 'Key',
    code: 'Code of the app',
    confirm: 'Confirm',
    cancel: 'Cancel',
    recovery: 'Recovery codes',
    recoveryNote: 'Each gets you in once when your phone is gone. They are shown this once and never again.',
    turnedOn: 'Two-factor authentication is on.',
    turnedOff: 'Two-factor authentication is off.',
    qr: 'QR code with the key',
  },
  {
    title: 'Zwei-Faktor-Authentifizierung',
    about: 'Dann genügt ein Passwort allein nicht: zur Anmeldung gehört auch ein Code einer App auf Ihrem Telefon.',
    off: 'Sie ist aus.',
    on: 'Sie ist an. {count} Wiederherstellungscodes sind übrig.',
    enable: 'Einschalten',
    disable: 'Ausschalten',
    codes: 'Neue Wiederherstellungscodes',
    scan: 'Scannen Sie dies mit Ihrer App oder tippen Sie den Schlüssel ab. Geben Sie dann den Code der App ein.',
    key: 'Schlüssel',
    code: 'Code der App',
    confirm: 'Bestätigen',
    cancel: 'Abbrechen',
    recovery: 'Wiederherstellungscodes',
    recoveryNote: 'Jeder lässt Sie einmal ein, wenn Ihr Telefon weg ist. Sie werden nur dieses eine Mal gezeigt.',
    turnedOn: 'Die Zwei-Faktor-Authentifizierung ist an.',
    turnedOff: 'Die Zwei-Faktor-Authentifizierung ist aus.',
    qr: 'QR-Code mit dem Schlüssel',
  },
);

interface Proposal {
  readonly secret: string;
  readonly otpauth_url: string;
}

export function SecondFactorSection() {
  const t = useTexts(TEXTS);
  const queries = useQueryClient();
  const { data: factors } = useQuery(factorsQuery);
  const [proposal, setProposal] = useState<Proposal | null>(null);
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  const renew = () => queries.invalidateQueries({ queryKey: factorsQuery.queryKey });

  const propose = () =>
    withProof(t('enable'), false, async (proof) => {
      setProposal(await ask<Proposal>('/users/me/tfa/generate', { method: 'POST', body: proof }));
    });
  const disable = () =>
    withProof(t('disable'), true, async (proof) => {
      await ask('/users/me/tfa/disable', { method: 'POST', body: proof });
      setCodes(null);
      await renew();
      saySaved(t('turnedOff'));
    });
  const makeCodes = () =>
    withProof(t('codes'), true, async (proof) => {
      setCodes(await readCodes(proof));
      await renew();
    });

  return (
    <Section title={t('title')} about={t('about')}>
      {!factors?.otp && !proposal && (
        <Group justify="space-between">
          <Text size="sm">{t('off')}</Text>
          <Button onClick={propose}>{t('enable')}</Button>
        </Group>
      )}
      {proposal && (
        <Enabling
          proposal={proposal}
          onCancel={() => setProposal(null)}
          onEnabled={async () => {
            setProposal(null);
            await renew();
            saySaved(t('turnedOn'));
          }}
        />
      )}
      {factors?.otp && (
        <Group justify="space-between">
          <Text size="sm">{t('on', { count: factors.recovery_codes_left })}</Text>
          <Group gap="xs">
            <Button variant="default" onClick={makeCodes}>
              {t('codes')}
            </Button>
            <Button variant="default" onClick={disable}>
              {t('disable')}
            </Button>
          </Group>
        </Group>
      )}
      {codes && <ShownOnce label={t('recovery')} secret={codes.join('\n')} note={t('recoveryNote')} />}
    </Section>
  );
}

async function readCodes(proof: object): Promise<readonly string[]> {
  const answer = await ask<readonly string[] | { readonly codes: readonly string[] }>('/users/me/tfa/recovery-codes', {
    method: 'POST',
    body: proof,
  });
  return Array.isArray(answer) ? answer : (answer as { codes: readonly string[] }).codes;
}

interface EnablingProps {
  readonly proposal: Proposal;
  readonly onEnabled: () => Promise<void>;
  readonly onCancel: () => void;
}

function Enabling({ proposal, onEnabled, onCancel }: EnablingProps) {
  const t = useTexts(TEXTS);
  const [otp, setOtp] = useState('');
  const { busy, failure, attempt } = useAttempt();
  const picture = `data:image/svg+xml;utf8,${encodeURIComponent(renderSVG(proposal.otpauth_url))}`;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void attempt(async () => {
          await ask('/users/me/tfa/enable', { method: 'POST', body: { secret: proposal.secret, otp } });
          await onEnabled();
        });
      }}
    >
      <Stack>
        <List type="ordered" size="sm">
          <List.Item>{t('scan')}</List.Item>
        </List>
        <Group align="flex-start">
          <Box component="img" src={picture} alt={t('qr')} w={180} h={180} bg="white" p={6} />
          <Stack gap="xs" flex={1} miw={220}>
            <Text size="sm">
              {t('key')}: <Code style={{ overflowWrap: 'anywhere' }}>{proposal.secret}</Code>
            </Text>
            <TextInput
              label={t('code')}
              inputMode="numeric"
              autoComplete="one-time-code"
              value={otp}
              onChange={(event) => setOtp(event.currentTarget.value)}
              required
            />
          </Stack>
        </Group>
        {failure !== null && <FailureNotice failure={failure} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onCancel}>
            {t('cancel')}
          </Button>
          <Button type="submit" loading={busy}>
            {t('confirm')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
