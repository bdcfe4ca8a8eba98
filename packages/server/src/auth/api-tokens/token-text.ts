import { hash, randomInt } from 'node:crypto';
import { crc32 } from 'node:zlib';

/** What scanners for leaked secrets look for; with the checksum they need to ask nobody. */
const PREFIX = 'limen_';
const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
/** 36 characters of 62: 214 bits. */
const RANDOM_LENGTH = 36;
const CHECKSUM_LENGTH = 6;
const SHAPE = /^limen_([0-9A-Za-z]{36})([0-9A-Za-z]{6})$/;

/** A new token: the prefix, random characters, and the CRC-32 (ISO 3309) of what stands before it, in base 62. */
export function drawApiToken(): string {
  const random = Array.from({ length: RANDOM_LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');
  return `${PREFIX}${random}${checksum(PREFIX + random)}`;
}

/** Whether a text has the form of a named token, and the checksum of one: a typing error costs no look at the database. */
export function isApiToken(text: string): boolean {
  const parts = SHAPE.exec(text);
  return parts !== null && checksum(PREFIX + parts[1]) === parts[2];
}

/** As stored: lower-case hex of SHA-256. The token is random, so a slow hash would add nothing. */
export const hashApiToken = (plain: string): string => hash('sha256', plain, 'hex');

function checksum(text: string): string {
  let rest = crc32(text);
  let digits = '';
  for (let i = 0; i < CHECKSUM_LENGTH; i++) {
    digits = ALPHABET[rest % ALPHABET.length] + digits;
    rest = Math.floor(rest / ALPHABET.length);
  }
  return digits;
}
