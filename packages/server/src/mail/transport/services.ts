import { createHash } from 'node:crypto';
import { signedHeaders } from '../../kernel/aws-signature.ts';
import { mimeOf } from './nodemailer.ts';
import { type MailConfig, MailError, type Transport } from './types.ts';

const TIMEOUT_MS = 30_000;
const SES_PATH = '/v2/email/outbound-emails';

interface Request {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | FormData;
}

/** Amazon SES, HTTP API version 2 (SendEmail with raw content), signed with Signature Version 4. */
export function openSes({ emailSes }: MailConfig): Transport {
  const credentials = {
    key: optionOf(emailSes, 'credentials', 'accessKeyId'),
    secret: optionOf(emailSes, 'credentials', 'secretAccessKey'),
    region: optionOf(emailSes, 'region'),
  };
  const url = new URL(SES_PATH, optionOf(emailSes, 'endpoint') || `https://email.${credentials.region}.amazonaws.com`);
  const check = (): void => {
    const missing = Object.entries(credentials).filter(([, value]) => value === '');
    if (missing.length > 0) throw new MailError('EMAIL_SES_REGION and EMAIL_SES_CREDENTIALS__* have to be set', true);
  };
  return {
    async send(message) {
      check();
      const body = JSON.stringify({
        FromEmailAddress: message.from.address,
        Destination: { ToAddresses: [message.to] },
        Content: { Raw: { Data: (await mimeOf(message)).toString('base64') } },
      });
      const payloadSha256 = createHash('sha256').update(body).digest('hex');
      const unsigned = { method: 'POST', url, headers: { 'content-type': 'application/json' }, payloadSha256 };
      const { host: _, ...headers } = signedHeaders('ses', unsigned, credentials, Date.now());
      await post({ url, headers, body });
    },
    verify: async () => check(),
    close: () => undefined,
  };
}

/** Mailgun's HTTP API (messages.mime). */
export function openMailgun({ emailMailgun }: MailConfig): Transport {
  const [key, domain] = [optionOf(emailMailgun, 'apiKey'), optionOf(emailMailgun, 'domain')];
  const host = optionOf(emailMailgun, 'host') || 'api.mailgun.net';
  const base = optionOf(emailMailgun, 'endpoint') || `https://${host}`;
  const check = (): void => {
    if (key === '' || domain === '') {
      throw new MailError('EMAIL_MAILGUN_API_KEY and EMAIL_MAILGUN_DOMAIN have to be set', true);
    }
  };
  return {
    async send(message) {
      check();
      const body = new FormData();
      body.set('to', message.to);
      body.set('message', new Blob([new Uint8Array(await mimeOf(message))]), 'message.mime');
      const authorization = `Basic ${Buffer.from(`api:${key}`).toString('base64')}`;
      await post({
        url: new URL(`/v3/${encodeURIComponent(domain)}/messages.mime`, base),
        headers: { authorization },
        body,
      });
    },
    verify: async () => check(),
    close: () => undefined,
  };
}

/** To an address of the configuration, never one that a caller names; redirects are not followed. */
async function post({ url, headers, body }: Request): Promise<void> {
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  const answer = await fetch(url, { method: 'POST', headers, body, redirect: 'error', signal });
  await answer.body?.cancel();
  if (answer.ok) return;
  const permanent = answer.status >= 400 && answer.status < 500 && answer.status !== 429;
  throw new MailError(`${url.host} answers ${answer.status}`, permanent);
}

/** A text among the options, by the names on the way to it; empty where there is none. */
function optionOf(options: unknown, ...path: readonly string[]): string {
  let value = options;
  for (const name of path) value = (value as Readonly<Record<string, unknown>> | undefined)?.[name];
  return value === undefined || value === null ? '' : String(value);
}
