import { languagesOf } from './template-files.ts';

export type LetterKind = 'password-reset' | 'user-invitation' | 'user-registration' | 'email-login';

/** What a letter says; `{{ project_name }}` is filled in. */
export interface Wording {
  readonly subject: string;
  readonly heading: string;
  readonly intro: string;
  readonly action: string;
  readonly outro: string;
}

interface Language {
  /** Before the address, for those whose program shows no buttons. */
  readonly plainLink: string;
  /** Before the code, where there is one. */
  readonly codeIntro: string;
  readonly letters: Readonly<Record<LetterKind, Wording>>;
}

const ENGLISH: Language = {
  plainLink: 'If the button does not work, open this address:',
  codeIntro: 'Or type this code where you asked for it:',
  letters: {
    'password-reset': {
      subject: 'Your password at {{ project_name }}',
      heading: 'Choose a new password',
      intro:
        'Somebody asked for a new password for your account at {{ project_name }}. If that was you, choose one with this link. It counts once, for one hour.',
      action: 'Choose a password',
      outro: 'If it was not you, ignore this mail: your password stays as it is.',
    },
    'user-invitation': {
      subject: 'You are invited to {{ project_name }}',
      heading: 'You are invited',
      intro: 'You are invited to {{ project_name }}. Choose a password to accept.',
      action: 'Accept the invitation',
      outro: 'If you do not know what this is about, ignore this mail.',
    },
    'user-registration': {
      subject: 'Confirm your e-mail address for {{ project_name }}',
      heading: 'Confirm your e-mail address',
      intro: 'Somebody registered at {{ project_name }} with this address. If that was you, confirm it.',
      action: 'Confirm the address',
      outro: 'If it was not you, ignore this mail: without a confirmation nobody can sign in.',
    },
    'email-login': {
      subject: 'Sign in to {{ project_name }}',
      heading: 'Sign in',
      intro:
        'Somebody asked to sign in to {{ project_name }} with this address. If that was you, use this link in the same browser. It counts once, for ten minutes.',
      action: 'Sign in',
      outro: 'If it was not you, ignore this mail, and never tell anybody the code.',
    },
  },
};

const GERMAN: Language = {
  plainLink: 'Wenn der Knopf nicht geht, öffnen Sie diese Adresse:',
  codeIntro: 'Oder geben Sie diesen Code dort ein, wo Sie ihn angefordert haben:',
  letters: {
    'password-reset': {
      subject: 'Ihr Passwort bei {{ project_name }}',
      heading: 'Neues Passwort wählen',
      intro:
        'Für Ihr Konto bei {{ project_name }} wurde ein neues Passwort angefordert. Wenn Sie das waren, wählen Sie es mit diesem Link. Er gilt einmal und eine Stunde lang.',
      action: 'Passwort wählen',
      outro: 'Wenn Sie das nicht waren, tun Sie nichts: Ihr Passwort bleibt, wie es ist.',
    },
    'user-invitation': {
      subject: 'Einladung zu {{ project_name }}',
      heading: 'Sie sind eingeladen',
      intro: 'Sie sind zu {{ project_name }} eingeladen. Wählen Sie ein Passwort, um anzunehmen.',
      action: 'Einladung annehmen',
      outro: 'Wenn Sie nicht wissen, worum es geht, tun Sie nichts.',
    },
    'user-registration': {
      subject: 'Bestätigen Sie Ihre E-Mail-Adresse für {{ project_name }}',
      heading: 'E-Mail-Adresse bestätigen',
      intro:
        'Bei {{ project_name }} wurde ein Konto mit dieser Adresse angelegt. Wenn Sie das waren, bestätigen Sie sie.',
      action: 'Adresse bestätigen',
      outro: 'Wenn Sie das nicht waren, tun Sie nichts: Ohne Bestätigung kann sich niemand anmelden.',
    },
    'email-login': {
      subject: 'Anmelden bei {{ project_name }}',
      heading: 'Anmelden',
      intro:
        'Bei {{ project_name }} wurde eine Anmeldung mit dieser Adresse angefordert. Wenn Sie das waren, benutzen Sie diesen Link im selben Browser. Er gilt einmal und zehn Minuten lang.',
      action: 'Anmelden',
      outro: 'Wenn Sie das nicht waren, tun Sie nichts, und sagen Sie den Code niemandem.',
    },
  },
};

const LANGUAGES: ReadonlyMap<string, Language> = new Map([
  ['en', ENGLISH],
  ['de', GERMAN],
]);

/** The words of a letter in the first of these languages (RFC 5646 tags) that there are words in, else in English. */
export function wordingOf(
  kind: LetterKind,
  preferred: readonly string[],
): Wording & Omit<Language, 'letters'> & { readonly language: string } {
  const tag = preferred.find((one) => languagesOf(one).some((name) => LANGUAGES.has(name))) ?? 'en';
  const name = languagesOf(tag).find((one) => LANGUAGES.has(one)) ?? 'en';
  const { letters, plainLink, codeIntro } = LANGUAGES.get(name) ?? ENGLISH;
  return { ...letters[kind], plainLink, codeIntro, language: tag };
}
