import type { Config } from '../config/index.ts';
import type { Store } from '../store/types.ts';
import { isOneAddress, type Mailbox, parseMailbox } from './address.ts';
import { escapeHtml, fillTemplate, oneLine, type TemplateValues } from './template.ts';
import { readTemplate } from './template-files.ts';
import { type LetterKind, wordingOf } from './wording.ts';

/**
 * Mail to an account. It names the account and never an address: the address is the one that is stored when the letter
 * leaves, so that nothing that somebody submitted can be mailed to.
 */
export interface Letter {
  readonly kind: LetterKind;
  /** Id of the account. */
  readonly user: string;
  /** Made from the configuration or an address that it allows. */
  readonly link: string;
  readonly code?: string;
}

/** A mail as it leaves: one recipient. */
export interface Message {
  readonly from: Mailbox;
  readonly to: string;
  readonly subject: string;
  readonly html: string;
  readonly text: string;
}

export type LetterSettings = Pick<Config, 'publicUrl' | 'emailFrom' | 'emailTemplatesPath'>;

const DEFAULT_NAME = 'Limen';
const DEFAULT_COLOR = '#6644ff';
const COLOR = /^#(?:[0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})$/i;
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const SUBJECT_LINE = /^Subject:[ \t]*(\S.*)\r?\n(?:\r?\n)?/;

/** The mail that a letter becomes; null where the account is gone or has no address that mail can go to. */
export async function composeLetter(store: Store, settings: LetterSettings, letter: Letter): Promise<Message | null> {
  const find = `SELECT email, language FROM directus_users WHERE id = ${store.placeholder(1)}`;
  const account = await store.get(find, [letter.user]);
  const to = account?.email;
  if (typeof to !== 'string' || !isOneAddress(to)) return null;
  const project = await projectOf(store, settings);
  const preferred = [account?.language, project.language].filter((tag): tag is string => typeof tag === 'string');
  return compose(settings, letter, to, project.values, preferred);
}

async function compose(
  settings: LetterSettings,
  letter: Letter,
  to: string,
  project: TemplateValues,
  preferred: readonly string[],
): Promise<Message> {
  const words = wordingOf(letter.kind, preferred);
  const say = (words: string): string => fillTemplate(words, project, oneLine);
  const values = {
    ...project,
    language: words.language,
    subject: say(words.subject),
    heading: say(words.heading),
    intro: say(words.intro),
    action: say(words.action),
    outro: say(words.outro),
    plain_link: words.plainLink,
    code_intro: words.codeIntro,
    link: letter.link,
    code: letter.code ?? '',
  };
  const read = (type: 'html' | 'txt') => readTemplate(settings.emailTemplatesPath, letter.kind, words.language, type);
  const [html, text] = [await read('html'), await read('txt')];
  const ownSubject = SUBJECT_LINE.exec(text);
  const subject = ownSubject ? fillTemplate(ownSubject[1] ?? '', values, oneLine) : values.subject;
  return {
    from: sender(settings.emailFrom, project.project_name ?? ''),
    to,
    subject: oneLine(subject),
    html: fillTemplate(html, { ...values, subject }, escapeHtml),
    text: fillTemplate(text.slice(ownSubject?.[0].length ?? 0), { ...values, subject }, oneLine),
  };
}

/** EMAIL_FROM, with the project's name where it has none of its own. Throws when it is no address. */
function sender(from: string, projectName: string): Mailbox {
  const mailbox = parseMailbox(from);
  if (!mailbox) throw new Error('EMAIL_FROM is no e-mail address');
  return { name: oneLine(mailbox.name || projectName), address: mailbox.address };
}

/** What mails show of the project; names are for humans and come from the database, so every value is checked. */
async function projectOf(store: Store, { publicUrl }: LetterSettings) {
  const row = await store.get(
    'SELECT project_name, project_color, project_logo, default_language FROM directus_settings',
  );
  const name = typeof row?.project_name === 'string' ? oneLine(row.project_name) : '';
  const color = typeof row?.project_color === 'string' && COLOR.test(row.project_color) ? row.project_color : null;
  const logo = typeof row?.project_logo === 'string' && UUID.test(row.project_logo) ? row.project_logo : null;
  return {
    language: row?.default_language,
    values: {
      project_name: name || DEFAULT_NAME,
      project_color: color ?? DEFAULT_COLOR,
      project_logo: logo === null ? '' : `${publicUrl}/assets/${logo}`,
      project_url: publicUrl,
    },
  };
}
