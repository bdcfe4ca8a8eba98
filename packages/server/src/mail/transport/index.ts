import type { MailConfig, Transport } from './types.ts';

export { type MailConfig, MailError, type Transport } from './types.ts';

/** The transport that EMAIL_TRANSPORT names. What it needs is loaded here, and not before. */
export async function openTransport(config: MailConfig): Promise<Transport> {
  switch (config.emailTransport) {
    case 'smtp':
      return (await import('./nodemailer.ts')).openSmtp(config);
    case 'sendmail':
      return (await import('./nodemailer.ts')).openSendmail(config);
    case 'ses':
      return (await import('./services.ts')).openSes(config);
    case 'mailgun':
      return (await import('./services.ts')).openMailgun(config);
  }
}
