import type { AccessEngine } from '../access/index.ts';
import type { Auth } from '../auth/index.ts';
import type { EmailLoginTickets } from '../auth/login/email-login-tickets.ts';
import type { PurposeTokens } from '../auth/purpose-tokens.ts';
import type { Config } from '../config/index.ts';
import type { ItemService } from '../items/index.ts';
import type { Clock } from '../kernel/clock.ts';
import type { Outbox } from '../mail/index.ts';
import type { Store } from '../store/types.ts';
import type { MailAllowance } from './mail-allowance.ts';
import type { Unseen } from './unseen.ts';

export const USERS = 'directus_users';

export type AccountSettings = Pick<
  Config,
  | 'publicUrl'
  | 'loginStallTimeMs'
  | 'registerStallTimeMs'
  | 'userInviteTokenTtlMs'
  | 'emailVerificationTokenTtlMs'
  | 'passwordResetUrlAllowList'
  | 'userInviteUrlAllowList'
  | 'userRegisterUrlAllowList'
  | 'authEmailLinkUrlAllowList'
  | 'authEmailLinkAnyBrowser'
>;

/** What the life of an account is made with. */
export interface AccountParts {
  readonly store: Store;
  readonly settings: AccountSettings;
  readonly clock: Clock;
  readonly engine: Pick<AccessEngine, 'access' | 'model'>;
  readonly items: ItemService;
  readonly auth: Auth;
  readonly tokens: PurposeTokens;
  readonly tickets: EmailLoginTickets;
  readonly outbox: Pick<Outbox, 'post'>;
  readonly unseen: Unseen;
  readonly allowance: MailAllowance;
}
