import { SMTPServer, type SMTPServerOptions } from 'smtp-server';

/** A mail as a server got it. */
export interface Received {
  readonly from: string;
  /** The recipients of the envelope. */
  readonly to: readonly string[];
  /** As it came. */
  readonly raw: string;
  readonly headers: ReadonlyMap<string, string>;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** The first link of the text. */
  readonly link: string;
  /** The `token` parameter of that link. */
  readonly token: string;
}

export interface Mailbox {
  readonly port: number;
  readonly mails: readonly Received[];
  /** Settings that make a server send its mail here. */
  readonly settings: Readonly<Record<string, string>>;
  /** The newest mail to an address, once `nth` came; rejects after three seconds. */
  newest(to: string, nth?: number): Promise<Received>;
  count(to: string): number;
  close(): Promise<void>;
}

/** A real SMTP server on this machine that keeps what it gets. */
export async function openMailbox(options: SMTPServerOptions = {}): Promise<Mailbox> {
  const mails: Received[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const { mailFrom, rcptTo } = session.envelope;
        const to = rcptTo.map(({ address }) => address);
        mails.push(parse(Buffer.concat(chunks).toString('utf8'), mailFrom ? mailFrom.address : '', to));
        done();
      });
    },
    ...options,
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.server.address();
  const port = address && typeof address === 'object' ? address.port : 0;
  const to = (one: string) => mails.filter((mail) => mail.to.includes(one));
  return {
    port,
    mails,
    settings: {
      EMAIL_TRANSPORT: 'smtp',
      EMAIL_SMTP_HOST: '127.0.0.1',
      EMAIL_SMTP_PORT: String(port),
      EMAIL_SMTP_IGNORE_TLS: 'true',
      EMAIL_VERIFY_SETUP: 'false',
    },
    async newest(one, nth = 1) {
      for (const end = Date.now() + 3_000; Date.now() < end; ) {
        const found = to(one);
        const newest = found.at(-1);
        if (newest && found.length >= nth) return newest;
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
      throw new Error(`no mail number ${nth} to ${one}; there is ${mails.map((mail) => mail.to).join(', ')}`);
    },
    count: (one) => to(one).length,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

function parse(raw: string, from: string, to: readonly string[]): Received {
  const headers = headersOf(raw);
  const boundary = /boundary="([^"]+)"/.exec(raw)?.[1] ?? '';
  const part = (type: string): string => {
    const found =
      raw.split(`\r\n--${boundary}`).find((one) => new RegExp(`content-type: ${type}`, 'i').test(one)) ?? '';
    const body = found.slice(found.indexOf('\r\n\r\n') + 4);
    return /base64/i.test(found.slice(0, found.indexOf('\r\n\r\n')))
      ? Buffer.from(body, 'base64').toString('utf8')
      : quotedPrintable(body, /quoted-printable/i.test(found));
  };
  const text = part('text/plain');
  const link = /[a-z]+:\/\/\S+/.exec(text)?.[0] ?? '';
  const token = URL.parse(link)?.searchParams.get('token') ?? '';
  const subject = words(headers.get('subject') ?? '');
  return { from, to, raw, headers, subject, text, html: part('text/html'), link, token };
}

function headersOf(raw: string): ReadonlyMap<string, string> {
  const head = raw.slice(0, raw.indexOf('\r\n\r\n')).replace(/\r\n[ \t]+/g, ' ');
  return new Map(
    head.split('\r\n').map((line) => [line.split(':', 1)[0]?.toLowerCase() ?? '', line.replace(/^[^:]*:\s*/, '')]),
  );
}

/** RFC 2045 §6.7. */
function quotedPrintable(body: string, encoded: boolean): string {
  if (!encoded) return body;
  const bytes = body
    .replace(/=\r\n/g, '')
    .replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString('utf8');
}

/** Encoded words (RFC 2047). */
function words(header: string): string {
  return header
    .replace(/\?=\s+=\?/g, '?==?')
    .replace(/=\?utf-8\?([bq])\?([^?]*)\?=/gi, (_, kind: string, text: string) =>
      kind.toLowerCase() === 'b'
        ? Buffer.from(text, 'base64').toString('utf8')
        : quotedPrintable(text.replaceAll('_', ' '), true),
    );
}
