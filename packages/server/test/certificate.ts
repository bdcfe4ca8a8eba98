import { createPublicKey, type KeyObject, randomBytes, sign } from 'node:crypto';

const der = (tag: number, ...parts: Buffer[]): Buffer => {
  const body = Buffer.concat(parts);
  const { length } = body;
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255];
  return Buffer.concat([Buffer.from([tag, ...size]), body]);
};

const RSA_SHA256 = Buffer.from('06092a864886f70d01010b', 'hex');
const COMMON_NAME = Buffer.from('0603550403', 'hex');
const SUBJECT_ALT_NAME = Buffer.from('0603551d11', 'hex');
const DAY = 86_400_000;

/** A self-signed certificate (RFC 5280) of an RSA key, for 127.0.0.1, in DER. */
export function certificateOf(privateKey: KeyObject, name: string): Buffer {
  const algorithm = der(0x30, RSA_SHA256, Buffer.from([5, 0]));
  const subject = der(0x30, der(0x31, der(0x30, COMMON_NAME, der(0x0c, Buffer.from(name)))));
  const time = (ms: number) =>
    der(0x17, Buffer.from(`${new Date(ms).toISOString().replace(/[-:T]/g, '').slice(2, 14)}Z`));
  const addresses = der(0x30, der(0x87, Buffer.from([127, 0, 0, 1])));
  const extensions = der(0xa3, der(0x30, der(0x30, SUBJECT_ALT_NAME, der(0x04, addresses))));
  const body = der(
    0x30,
    der(0xa0, der(2, Buffer.from([2]))),
    der(2, Buffer.from([1, ...randomBytes(8)])),
    algorithm,
    subject,
    der(0x30, time(Date.now() - DAY), time(Date.now() + 3650 * DAY)),
    subject,
    createPublicKey(privateKey).export({ type: 'spki', format: 'der' }),
    extensions,
  );
  return der(0x30, body, algorithm, der(3, Buffer.from([0]), sign('sha256', body, privateKey)));
}

export const pemOf = (certificate: Buffer): string =>
  `-----BEGIN CERTIFICATE-----\n${certificate.toString('base64').replace(/.{64}/g, '$&\n')}\n-----END CERTIFICATE-----\n`;
