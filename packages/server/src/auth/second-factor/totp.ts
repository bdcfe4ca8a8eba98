import { createHmac, timingSafeEqual } from 'node:crypto';
import { decodeBase32 } from './base32.ts';

const STEP_MS = 30_000;
const DIGITS = 6;
/** Steps before and after the present one that count too, for clocks that are a little off (RFC 6238 §5.2). */
const DRIFT = 1;

/** The step (RFC 6238 §4.2) of a moment in milliseconds since 1970. */
export const stepAt = (atMs: number): number => Math.floor(atMs / STEP_MS);

/** The one-time password (RFC 6238: HMAC-SHA-1, 30 seconds) of a key at a moment in milliseconds since 1970. */
export const totp = (key: Buffer, atMs: number, digits = DIGITS): string => hotp(key, stepAt(atMs), digits);

/** RFC 4226 §5.3. */
function hotp(key: Buffer, step: number, digits: number): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const mac = createHmac('sha1', key).update(counter).digest();
  const offset = (mac[mac.length - 1] as number) & 0xf;
  const number = mac.readUInt32BE(offset) & 0x7fffffff;
  return String(number % 10 ** digits).padStart(digits, '0');
}

/**
 * The step whose one-time password of the base32 secret this is: the present one, or the one before or after. null when
 * it is none of them. Takes the same time for every code.
 */
export function matchingStep(secret: string, otp: string, nowMs: number): number | null {
  const key = decodeBase32(secret);
  if (key === null || !/^\d{6}$/.test(otp)) return null;
  const given = Buffer.from(otp);
  const present = stepAt(nowMs);
  let found: number | null = null;
  for (let step = present - DRIFT; step <= present + DRIFT; step++) {
    if (timingSafeEqual(given, Buffer.from(hotp(key, step, DIGITS)))) found = step;
  }
  return found;
}

/** What authenticator apps read from a QR code (the key URI format). */
export function otpauthUrl(secret: string, project: string, account: string): string {
  const issuer = encodeURIComponent(project);
  const label = `${issuer}:${encodeURIComponent(account)}`;
  return `otpauth://totp/${label}?secret=${secret}&period=30&digits=${DIGITS}&algorithm=SHA1&issuer=${issuer}`;
}
