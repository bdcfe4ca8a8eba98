import { EmailLogin } from '../auth/login/email-login.ts';
import { EmailLoginTickets } from '../auth/login/email-login-tickets.ts';
import { PurposeTokens } from '../auth/purpose-tokens.ts';
import { EmailLoginMail } from './email-login.ts';
import { Invitations } from './invitations.ts';
import { MailAllowance } from './mail-allowance.ts';
import type { AccountParts } from './parts.ts';
import { PasswordReset } from './password-reset.ts';
import { Registration } from './registration.ts';
import { Setup } from './setup.ts';
import { Unseen } from './unseen.ts';

/** The life of an account, as far as its people live it. */
export interface Accounts {
  readonly registration: Registration;
  readonly invitations: Invitations;
  readonly passwordReset: PasswordReset;
  readonly emailLoginMail: EmailLoginMail;
  readonly emailLogin: EmailLogin;
  readonly setup: Setup;
}

type Given = Omit<AccountParts, 'tokens' | 'tickets' | 'unseen' | 'allowance'> & {
  /** Signs the tokens of links. */
  readonly secret: string;
  /** Whether a new project's administrator is chosen in the browser: not where the settings name one. */
  readonly setupOffered: boolean;
  /** Told of what failed while nobody waited for it. */
  readonly onFault: (error: unknown) => void;
};

/** Puts the room together. */
export function createAccounts({ secret, setupOffered, onFault, ...given }: Given): Accounts {
  const parts: AccountParts = {
    ...given,
    tokens: new PurposeTokens(secret, given.clock),
    tickets: new EmailLoginTickets(given.store, secret, given.clock),
    unseen: new Unseen(onFault),
    allowance: new MailAllowance(given.clock),
  };
  const { auth, settings } = given;
  return {
    registration: new Registration(parts),
    invitations: new Invitations(parts),
    passwordReset: new PasswordReset(parts),
    emailLoginMail: new EmailLoginMail(parts),
    setup: new Setup(parts, secret, setupOffered),
    emailLogin: new EmailLogin({
      ...parts,
      attempts: auth.attempts,
      secondFactors: auth.secondFactors,
      arrivals: auth.arrivals,
      stallTimeMs: settings.loginStallTimeMs,
      anyBrowser: settings.authEmailLinkAnyBrowser,
    }),
  };
}
