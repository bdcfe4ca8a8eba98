import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addressList } from '../../src/access/address-list.ts';
import { telltaleAddresses } from '../../src/review/changes/addresses.ts';

describe('telltale addresses', () => {
  it('where entries begin, and where they have ended', () => {
    expect(telltaleAddresses(['10.0.0.0/8', '10.1.0.0-10.1.0.9', '::1', 'nonsense', '1.2.3.4/99x'])).toEqual([
      '0.0.0.0',
      '10.0.0.0',
      '10.1.0.0',
      '10.1.0.10',
      '11.0.0.0',
      '::',
      '::1',
      '::2',
    ]);
    expect(telltaleAddresses(['255.0.0.0/8', 'ffff::/16', '2001:db8::/33'])).toEqual([
      '0.0.0.0',
      '255.0.0.0',
      '::',
      '2001:db8::',
      '2001:db8:8000::',
      'ffff::',
    ]);
  });

  it('every address has one that is in the same lists', () => {
    const octet = fc.nat(3).map((n) => [0, 10, 127, 255][n] as number);
    const address = fc.tuple(octet, octet, octet, octet).map((parts) => parts.join('.'));
    const entry = fc.oneof(
      address,
      fc.tuple(address, fc.integer({ min: 0, max: 32 })).map(([ip, bits]) => `${ip}/${bits}`),
      fc.tuple(address, address).map(([from, to]) => `${from}-${to}`),
    );
    fc.assert(
      fc.property(fc.array(entry, { minLength: 1, maxLength: 6 }), fc.ipV4(), address, (entries, anywhere, near) => {
        const opinions = (ip: string) => entries.map((one) => addressList([one])?.includes(ip)).join();
        const known = new Set(telltaleAddresses(entries).map(opinions));
        expect(known).toContain(opinions(anywhere));
        expect(known).toContain(opinions(near));
      }),
      { numRuns: 300 },
    );
  });
});
