import { Button, Stack } from '@mantine/core';
import {
  IconBrandApple,
  IconBrandDiscord,
  IconBrandGithub,
  IconBrandGitlab,
  IconBrandGoogle,
  IconBrandWindows,
  IconBuilding,
  IconFingerprint,
  IconLogin2,
} from '@tabler/icons-react';
import { type ComponentType, useState } from 'react';
import { texts, useTexts } from '../language/texts.tsx';
import { signInWithPasskey } from '../session/sign-in.ts';
import { useAttempt } from '../ui/attempt.ts';
import { FailureNotice } from '../ui/failure-notice.tsx';
import { PasswordForm } from './password-form.tsx';
import { asksForPassword, labelOf, leaveFor, type Provider, type WaysIn } from './providers.ts';

const TEXTS = texts(
  { passkey: 'Sign in with a passkey', provider: 'Sign in with {provider}' },
  { passkey: 'Mit einem Passkey anmelden', provider: 'Mit {provider} anmelden' },
);

type Icon = ComponentType<{ readonly size?: number; readonly 'aria-hidden'?: boolean }>;

/** Icons that a provider may name. */
const ICONS: Readonly<Record<string, Icon>> = {
  google: IconBrandGoogle,
  github: IconBrandGithub,
  gitlab: IconBrandGitlab,
  apple: IconBrandApple,
  discord: IconBrandDiscord,
  microsoft: IconBrandWindows,
  azure: IconBrandWindows,
  business: IconBuilding,
};

interface Props {
  readonly ways: WaysIn;
  readonly continueAt: string;
  readonly onDone: (expires: number | null) => Promise<void>;
}

export function OtherWays({ ways, continueAt, onDone }: Props) {
  const t = useTexts(TEXTS);
  const { busy, failure, attempt } = useAttempt();
  const [chosen, setChosen] = useState<Provider | null>(null);

  return (
    <Stack gap="xs">
      {ways.passwords && (
        <Button
          variant="default"
          loading={busy}
          leftSection={<IconFingerprint size={18} aria-hidden />}
          onClick={() => void attempt(async () => onDone((await signInWithPasskey()).expires))}
        >
          {t('passkey')}
        </Button>
      )}
      {failure !== null && <FailureNotice failure={failure} />}
      {ways.providers.map((provider) => {
        const Icon = ICONS[(provider.icon ?? provider.name).toLowerCase()] ?? IconLogin2;
        const look = { variant: 'default', leftSection: <Icon size={18} aria-hidden /> } as const;
        const label = t('provider', { provider: labelOf(provider) });
        if (!asksForPassword(provider))
          return (
            <Button key={provider.name} component="a" href={leaveFor(provider, continueAt)} {...look}>
              {label}
            </Button>
          );
        if (chosen?.name === provider.name)
          return <PasswordForm key={provider.name} provider={provider} onDone={onDone} />;
        return (
          <Button key={provider.name} onClick={() => setChosen(provider)} {...look}>
            {label}
          </Button>
        );
      })}
    </Stack>
  );
}
