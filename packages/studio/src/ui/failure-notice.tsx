import { Alert, List } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { texts, useTexts } from '../language/texts.tsx';
import { type Failure, failuresOf } from '../session/failure.ts';

const TEXTS = texts(
  {
    title: "That didn't work",
    INVALID_CREDENTIALS: 'The e-mail address or the password is wrong.',
    INVALID_OTP: 'The one-time code is wrong or was used already.',
    USER_SUSPENDED: 'This account is suspended.',
    FORBIDDEN: 'You may not do that, or it does not exist.',
    REQUESTS_EXCEEDED: 'That was tried too often. Wait a little, then try again.',
    UNREACHABLE: 'The server did not answer. Look at your connection, then try again.',
    RECORD_NOT_UNIQUE: 'There is already one with this value.',
  },
  {
    title: 'Das hat nicht geklappt',
    INVALID_CREDENTIALS: 'Die E-Mail-Adresse oder das Passwort ist falsch.',
    INVALID_OTP: 'Der Einmalcode ist falsch oder wurde schon benutzt.',
    USER_SUSPENDED: 'Dieses Konto ist gesperrt.',
    FORBIDDEN: 'Das dürfen Sie nicht, oder es existiert nicht.',
    REQUESTS_EXCEEDED: 'Das wurde zu oft versucht. Warten Sie ein wenig und versuchen Sie es dann noch einmal.',
    UNREACHABLE: 'Der Server hat nicht geantwortet. Prüfen Sie Ihre Verbindung und versuchen Sie es noch einmal.',
    RECORD_NOT_UNIQUE: 'Es gibt schon einen Eintrag mit diesem Wert.',
  },
);

const isKnown = (code: string): code is Exclude<keyof typeof TEXTS.en, 'title'> => code in TEXTS.en && code !== 'title';

/** An error of the API in words; those that people meet often in their language. */
export function useFailureText(): (failure: Failure) => string {
  const t = useTexts(TEXTS);
  return (failure) => {
    const { code, field, message, extensions } = failure;
    const known = isKnown(code) ? t(code) : message;
    const reason = code === 'FORBIDDEN' && typeof extensions.reason === 'string' ? ` ${extensions.reason}` : '';
    return field ? `${field}: ${known}${reason}` : `${known}${reason}`;
  };
}

/** What went wrong, said where it happened and read out by screen readers. */
export function FailureNotice({ failure, title }: { readonly failure: unknown; readonly title?: string }) {
  const t = useTexts(TEXTS);
  const say = useFailureText();
  const said = failuresOf(failure).map(say);
  return (
    <Alert color="red" icon={<IconAlertTriangle aria-hidden />} title={title ?? t('title')} role="alert">
      {said.length === 1 ? (
        said[0]
      ) : (
        <List size="sm">
          {said.map((text) => (
            <List.Item key={text}>{text}</List.Item>
          ))}
        </List>
      )}
    </Alert>
  );
}
