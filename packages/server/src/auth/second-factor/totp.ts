import { createHmac, timingSafeEqual } from 'node:crypto';

const STEP_MS = 30_000;
const DIGITS = 6;
/** Steps before and after the present one that count too, for clocks that are a little off (RFC 6238 §5.2). */
const DRIFT = 1;
const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** The one-time password (RFC 6238: HMAC-SHA-1, 30 seconds) of a key at a moment in milliseconds since 1970. */
export function totp(key: Buffer, atMs: number, digits = DIGITS): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(atMs / STEP_MS)));
  const mac = createHmac('sha1', key).update(counter).digest();
  const offset = (mac[mac.length - 1] as number) & 0xf; // dynamic truncation, RFC 4226 §5.3
  const number = mac.readUInt32BE(offset) & 0x7fffffff;
  return String(number % 10 ** digits).padStart(digits, '0');
}

/** Whether `otp` is the one of the base32 secret now, or of the step before or after. */
export function isRightOtp(secret: string, otp: string, nowMs: number): boolean {
  const key = decodeBase32(secret);
  if (key === null || !/^\d{6}$/.test(otp)) return false;
  const given = Buffer.from(otp);
  let right = false;
  for (let step = -DRIFT; step <= DRIFT; step++) {
    if (timingSafeEqual(given, Buffer.from(totp(key, nowMs + step * STEP_MS)))) right = true;
  }
  return right;
}

/** RFC 4648 §6, in either case, with or without padding; null for anything else. */
function decodeBase32(text: string): Buffer | null {
  const letters = text.toUpperCase().replace(/=+$/, '');
  const bytes: number[] = [];
  let bits = 0;
  let value = 0;
  for (const letter of letters) {
    const digit = BASE32.indexOf(letter);
    if (digit < 0) return null;
    value = ((value << 5) | digit) & 0xfff;
    bits += 5;
    if (bits >= 8) {
      bits -= 8;
      bytes.push((value >> bits) & 0xff);
    }
  }
  return bytes.length > 0 ? Buffer.from(bytes) : null;
}
