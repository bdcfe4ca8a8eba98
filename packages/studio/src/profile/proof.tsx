import { Button, Group, PasswordInput, Stack, Text, TextInput } from '@mantine/core';
import { modals } from '@mantine/modals';
import { type FormEvent, useState } from 'react';
import { texts, useTexts } from '../language/texts.tsx';
import { useAttempt } from '../ui/attempt.ts';
import { FailureNotice } from '../ui/failure-notice.tsx';

const TEXTS = texts(
  {
    title: 'Is it you?',
    password: 'Your password',
    otp: 'One-time code',
    passwordWhy: 'Your password, once more, before this changes.',
    otpWhy: 'A code of your app or a recovery code, before this changes.',
    goOn: 'Go on',
    cancel: 'Cancel',
  },
  {
    title: 'Sind Sie es?',
    password: 'Ihr Passwort',
    otp: 'Einmalcode',
    passwordWhy: 'Noch einmal Ihr Passwort, bevor sich das ändert.',
    otpWhy: 'Ein Code Ihrer App oder ein Wiederherstellungscode, bevor sich das ändert.',
    goOn: 'Weiter',
    cancel: 'Abbrechen',
  },
);

export type Proof = { readonly password: string } | { readonly otp: string };

/**
 * Asks who is there before a credential changes, and does `work` with the answer; a refused proof can be corrected.
 * Resolves with whether the work was done.
 */
export function withProof(title: string, byCode: boolean, work: (proof: Proof) => Promise<void>): Promise<boolean> {
  return new Promise((settle) => {
    const id = modals.open({
      title,
      children: (
        <ProofForm
          byCode={byCode}
          work={work}
          onEnd={(done) => {
            settle(done);
            modals.close(id);
          }}
        />
      ),
      onClose: () => settle(false),
    });
  });
}

interface FormProps {
  readonly byCode: boolean;
  readonly work: (proof: Proof) => Promise<void>;
  readonly onEnd: (done: boolean) => void;
}

function ProofForm({ byCode, work, onEnd }: FormProps) {
  const t = useTexts(TEXTS);
  const [secret, setSecret] = useState('');
  const { busy, failure, attempt } = useAttempt();
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    event.stopPropagation();
    void attempt(() => work(byCode ? { otp: secret } : { password: secret })).then((done) => done && onEnd(true));
  };
  return (
    <form onSubmit={submit}>
      <Stack>
        <Text size="sm">{byCode ? t('otpWhy') : t('passwordWhy')}</Text>
        {byCode ? (
          <TextInput
            label={t('otp')}
            value={secret}
            onChange={(event) => setSecret(event.currentTarget.value)}
            autoComplete="one-time-code"
            data-autofocus
            required
          />
        ) : (
          <PasswordInput
            label={t('password')}
            value={secret}
            onChange={(event) => setSecret(event.currentTarget.value)}
            autoComplete="current-password"
            data-autofocus
            required
          />
        )}
        {failure !== null && <FailureNotice failure={failure} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={() => onEnd(false)}>
            {t('cancel')}
          </Button>
          <Button type="submit" loading={busy}>
            {t('goOn')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
