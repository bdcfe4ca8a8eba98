const HIDDEN = '--redacted--';

/** Names under which secrets stand in addresses, JSON, headers, and messages of databases. */
const NAME =
  '[\\w$.-]{0,40}(?:token|password|passwd|secret|credential|authorization|cookie|session|otp|api[_-]?key|private[_-]?key|assertion|samlresponse|recovery)[\\w$.-]{0,40}';
/** In addresses, these too: codes of mails and of sign-on, and what seals them. */
const PARAMETER = `(?:${NAME}|code|state|nonce|hash|key|share|sig|signature)`;

/** What secrets look like, and what stays of them. */
const SHAPES: readonly (readonly [RegExp, string])[] = [
  // JSON Web Tokens (RFC 7519), hashes of passwords, stored static tokens, named tokens
  [/\beyJ[\w-]{5,4000}\.[\w-]{5,4000}\.[\w-]*/g, HIDDEN],
  [/\$argon2(?:id|i|d)\$[\w$+/=,.-]+/g, HIDDEN],
  [/\bsha256\$[0-9a-f]{64}\b/g, HIDDEN],
  [/\blimen_[A-Za-z0-9]{20,}/g, HIDDEN],
  // Headers, up to the end of the line or of the text they are quoted in (RFC 9110 §11.6.2, RFC 6265 §4)
  [/\b(bearer|basic|digest)\s+[\w.~+/=:-]{4,}/gi, `$1 ${HIDDEN}`],
  [/\b((?:set-)?cookie|(?:proxy-)?authorization|x-api-key)(["']?\s*[:=]\s*["']?)[^\r\n"']+/gi, `$1$2${HIDDEN}`],
  // JSON and what looks like it, also within a text of JSON
  [
    new RegExp(
      `(\\\\*["'])(${NAME})\\1(\\s*:\\s*)(?:(\\\\*["'])[^]{0,2000}?\\4(?=\\s*(?:[,}\\]]|$))|\\\\*["']?[^\\s,}\\]]{1,2000})`,
      'gi',
    ),
    `$1$2$1$3$1${HIDDEN}$1`,
  ],
  [new RegExp(`\\b(${NAME})(:\\s*)(["'])[^]{0,2000}?\\3`, 'gi'), `$1$2$3${HIDDEN}$3`],
  // Addresses: parameters, and who signs in (RFC 3986 §3.2.1)
  [new RegExp(`([?&;#]${PARAMETER}=)[^&\\s"'#<>]+`, 'gi'), `$1${HIDDEN}`],
  [/(\b[a-z][a-z0-9+.-]{0,30}:\/\/[^\s/:@"']{0,200}:)[^\s/@"']{1,500}@/gi, `$1${HIDDEN}@`],
  // name=value, name: value, and "Key (name)=(value)" of PostgreSQL
  [new RegExp(`\\b(${NAME})(\\)?\\s*[:=]\\s*\\(?)(?!${HIDDEN}|["'])[^\\s&;,"')]+`, 'gi'), `$1$2${HIDDEN}`],
];

/** Longer texts are cut: a log line is no place for them. */
const MAX_TEXT = 20_000;
/** A shorter text may stand anywhere by chance. */
const LEAST_SECRET = 8;

/** Takes secrets out of texts that people are shown: those it was told of, and whatever looks like one. */
export class Redaction {
  readonly #known: readonly string[];

  /** `known`: values that are secret, whatever they look like. */
  constructor(known: readonly string[] = []) {
    this.#known = [...new Set(known)]
      .filter(({ length }) => length >= LEAST_SECRET)
      .sort((a, b) => b.length - a.length);
  }

  text(text: string): string {
    let shown = text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT)}…` : text;
    for (const secret of this.#known) shown = shown.replaceAll(secret, HIDDEN);
    for (const [shape, rest] of SHAPES) shown = shown.replace(shape, rest);
    return shown;
  }
}

const SECRET_KEY =
  /secret|password|token|credential|api_?key|account_?key|access_?key|private|^key$|pepper|associated/i;

/** Texts of a configuration that are secret by the names they have there. */
export function secretsIn(values: unknown, isSecret = false): string[] {
  if (typeof values === 'string') return isSecret ? [values] : [];
  if (values === null || typeof values !== 'object') return [];
  const entries = values instanceof Map ? [...values] : Object.entries(values);
  return entries.flatMap(([name, value]) => secretsIn(value, isSecret || SECRET_KEY.test(String(name))));
}
