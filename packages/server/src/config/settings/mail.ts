import { boolean, integer, oneOf, path, text } from '../kinds.ts';
import { setting } from '../setting.ts';

export const mail = {
  emailVerifySetup: setting('EMAIL_VERIFY_SETUP', boolean, {
    default: 'true',
    help: 'Whether the transport is tried at the start.',
  }),
  emailTransport: setting('EMAIL_TRANSPORT', oneOf(['sendmail', 'smtp', 'ses', 'mailgun']), {
    default: 'sendmail',
    help: 'How mail leaves.',
  }),
  emailFrom: setting('EMAIL_FROM', text, { default: 'no-reply@example.com', help: 'Who it is from.' }),
  emailTemplatesPath: setting('EMAIL_TEMPLATES_PATH', path, {
    default: './templates',
    help: 'Folder of templates that replace the built-in ones.',
  }),
  emailSendmailNewLine: setting('EMAIL_SENDMAIL_NEW_LINE', oneOf(['unix', 'windows']), {
    default: 'unix',
    help: 'Line ends for sendmail.',
  }),
  emailSendmailPath: setting('EMAIL_SENDMAIL_PATH', path, {
    default: '/usr/sbin/sendmail',
    help: 'Where sendmail is.',
  }),
  emailSmtpHost: setting('EMAIL_SMTP_HOST', text, { help: 'Host of the SMTP server.' }),
  emailSmtpPort: setting('EMAIL_SMTP_PORT', integer({ min: 1, max: 65_535 }), { help: 'Its port.' }),
  emailSmtpUser: setting('EMAIL_SMTP_USER', text, { help: 'User name there.' }),
  emailSmtpPassword: setting('EMAIL_SMTP_PASSWORD', text, { secret: true, help: 'Password there.' }),
  emailSmtpPool: setting('EMAIL_SMTP_POOL', boolean, {
    default: 'false',
    help: 'Whether connections to it are kept and shared.',
  }),
  emailSmtpSecure: setting('EMAIL_SMTP_SECURE', boolean, {
    default: 'false',
    help: 'Whether TLS begins with the connection (port 465), not with STARTTLS.',
  }),
  emailSmtpIgnoreTls: setting('EMAIL_SMTP_IGNORE_TLS', boolean, {
    default: 'false',
    help: 'Whether STARTTLS is not used even if the server offers it.',
  }),
  emailSmtpName: setting('EMAIL_SMTP_NAME', text, { help: 'Name to greet the SMTP server with.' }),
};
