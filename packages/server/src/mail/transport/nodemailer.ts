import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import type { Message } from '../letter.ts';
import { type MailConfig, MailError, type Transport } from './types.ts';

/** Milliseconds for a connection, for a greeting, and for which nothing may happen. */
const CONNECT_MS = 10_000;
const SILENCE_MS = 30_000;

/** The mail as the library takes it. The envelope says who gets it, not the header; nothing of a mail is ever fetched. */
const contents = ({ from, to, subject, html, text }: Message) => ({
  from: { name: from.name, address: from.address },
  to: { name: '', address: to },
  envelope: { from: from.address, to: [to] },
  subject,
  html,
  text,
  headers: { 'Auto-Submitted': 'auto-generated' },
  disableFileAccess: true,
  disableUrlAccess: true,
});

/** SMTP (RFC 5321), with STARTTLS where the server offers it, unless EMAIL_SMTP_IGNORE_TLS says otherwise. */
export async function openSmtp(config: MailConfig): Promise<Transport> {
  const { createTransport } = await import('nodemailer');
  const options = {
    host: config.emailSmtpHost ?? 'localhost',
    port: config.emailSmtpPort ?? (config.emailSmtpSecure ? 465 : 587),
    secure: config.emailSmtpSecure,
    ignoreTLS: config.emailSmtpIgnoreTls,
    connectionTimeout: CONNECT_MS,
    greetingTimeout: CONNECT_MS,
    socketTimeout: SILENCE_MS,
    ...(config.emailSmtpName ? { name: config.emailSmtpName } : {}),
    ...(config.emailSmtpUser ? { auth: { user: config.emailSmtpUser, pass: config.emailSmtpPassword ?? '' } } : {}),
  };
  const smtp = config.emailSmtpPool ? createTransport({ ...options, pool: true }) : createTransport(options);
  return {
    send: async (message) => void (await smtp.sendMail(contents(message))),
    verify: async () => void (await smtp.verify()),
    close: () => smtp.close(),
  };
}

/** A program with the arguments of sendmail. */
export function openSendmail(config: MailConfig): Transport {
  const path = config.emailSendmailPath;
  return {
    async send(message) {
      const { createTransport } = await import('nodemailer');
      const sendmail = createTransport({ sendmail: true, newline: config.emailSendmailNewLine, path });
      await sendmail.sendMail(contents(message));
    },
    async verify() {
      await access(path, constants.X_OK).catch(() => {
        throw new MailError(`There is no program ${path} (EMAIL_SENDMAIL_PATH)`, true);
      });
    },
    close: () => undefined,
  };
}

/** The mail as MIME (RFC 5322), for services that take it whole. */
export async function mimeOf(message: Message): Promise<Buffer> {
  const { createTransport } = await import('nodemailer');
  const made = await createTransport({ streamTransport: true, buffer: true, newline: 'windows' }).sendMail(
    contents(message),
  );
  return made.message as Buffer;
}
