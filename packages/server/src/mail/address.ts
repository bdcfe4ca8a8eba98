const ATOM = "[\\p{L}\\p{M}\\p{N}!#$%&'*+/=?^_`{|}~-]+";
/** One address and nothing else (RFC 5322 addr-spec without quotes and comments; RFC 6531 letters): no list, no group. */
const ONE_ADDRESS = new RegExp(
  `^(?!-)${ATOM}(?:\\.${ATOM})*@[\\p{L}\\p{M}\\p{N}](?:[\\p{L}\\p{M}\\p{N}.-]*[\\p{L}\\p{M}\\p{N}])?$`,
  'u',
);
const MAX_LENGTH = 254;

/** Whether mail can go to exactly this one address. One that begins with a dash would be an option of sendmail. */
export const isOneAddress = (text: string): boolean => text.length <= MAX_LENGTH && ONE_ADDRESS.test(text);

export interface Mailbox {
  readonly name: string;
  readonly address: string;
}

/** `address`, or `Name <address>`; null for anything else. */
export function parseMailbox(text: string): Mailbox | null {
  const named = /^\s*("?)([^<>"\p{Cc}]*)\1\s*<([^<>\s]+)>\s*$/u.exec(text);
  const mailbox = named
    ? { name: (named[2] ?? '').trim(), address: named[3] ?? '' }
    : { name: '', address: text.trim() };
  return isOneAddress(mailbox.address) ? mailbox : null;
}
