import type { Config } from '../../config/index.ts';
import type { Message } from '../letter.ts';

/** The settings of transports. */
export type MailConfig = Pick<
  Config,
  | 'emailTransport'
  | 'emailSendmailNewLine'
  | 'emailSendmailPath'
  | 'emailSmtpHost'
  | 'emailSmtpPort'
  | 'emailSmtpUser'
  | 'emailSmtpPassword'
  | 'emailSmtpPool'
  | 'emailSmtpSecure'
  | 'emailSmtpIgnoreTls'
  | 'emailSmtpName'
  | 'emailSes'
  | 'emailMailgun'
>;

/** A way for mail to leave. */
export interface Transport {
  /** Throws `MailError`, or whatever the library throws, when the mail was not taken. */
  send(message: Message): Promise<void>;
  /** Throws when mail could not leave now. */
  verify(): Promise<void>;
  close(): void;
}

/** Mail was not taken. `permanent`: and would not be if it were tried again. */
export class MailError extends Error {
  readonly permanent: boolean;

  constructor(message: string, permanent: boolean) {
    super(message);
    this.name = 'MailError';
    this.permanent = permanent;
  }
}
