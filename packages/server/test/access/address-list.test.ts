import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addressList, badEntry, plainAddress } from '../../src/access/address-list.ts';
import { admits } from './agreement/oracle/addresses.ts';

// Few different octets and groups, so that lists and addresses meet.
const octet = fc.constantFrom(0, 1, 9, 10, 127, 128, 255);
const v4 = fc.tuple(octet, octet, octet, octet).map((octets) => octets.join('.'));
const group = fc.constantFrom('0', '1', 'db8', '8000', 'ffff', '2001');
const v6 = fc.oneof(
  fc.tuple(group, group, group, group, group, group, group, group).map((groups) => groups.join(':')),
  fc.tuple(group, group, group).map(([a, b, c]) => `${a}:${b}::${c}`),
);

const wide = (address: string): bigint => address.split('.').reduce((sum, part) => sum * 256n + BigInt(part), 0n);
const entry = fc.oneof(
  v4,
  v6,
  fc.tuple(v4, fc.integer({ min: 0, max: 32 })).map(([ip, bits]) => `${ip}/${bits}`),
  fc.tuple(v6, fc.integer({ min: 0, max: 128 })).map(([ip, bits]) => `${ip}/${bits}`),
  fc.tuple(v4, v4).map(([a, b]) => (wide(a) <= wide(b) ? `${a}-${b}` : `${b}-${a}`)),
);

describe('address lists', () => {
  it('hold what arithmetic says they hold', () => {
    fc.assert(
      fc.property(fc.array(entry, { minLength: 1, maxLength: 4 }), fc.oneof(v4, v6), (entries, ip) => {
        expect(badEntry(entries)).toBeNull();
        expect(addressList(entries)?.includes(ip)).toBe(admits(entries, ip));
      }),
      { numRuns: 2000 },
    );
  });

  it('take an IPv4 address in IPv6 clothes for the IPv4 address', () => {
    expect(plainAddress('::ffff:10.0.0.1')).toBe('10.0.0.1');
    expect(addressList(['10.0.0.0/8'])?.includes('::ffff:10.0.0.1')).toBe(true);
    expect(addressList(['::ffff:10.0.0.1'])?.includes('10.0.0.1')).toBe(true);
  });

  it('keep the families apart', () => {
    expect(addressList(['::1/64'])?.includes('203.0.113.7')).toBe(false);
    expect(addressList(['::/0'])?.includes('203.0.113.7')).toBe(false);
    expect(addressList(['0.0.0.0/0'])?.includes('2001:db8::1')).toBe(false);
  });

  it('are no list without entries, and hold nobody whose address is unknown', () => {
    expect(addressList([])).toBeNull();
    expect(addressList(['', ' '])).toBeNull();
    expect(addressList(['0.0.0.0/0', '::/0'])?.includes(null)).toBe(false);
    expect(addressList(['0.0.0.0/0', '::/0'])?.includes('nonsense')).toBe(false);
  });

  it.each([
    'example.com',
    '10.0.0.1/33',
    '10.0.0.1/-1',
    '10.0.0.1/',
    '10.0.0.1/8/8',
    '::1/129',
    '10.0.0.9-10.0.0.1',
    '10.0.0.1-::1',
    '10.0.0.1-10.0.0.2-10.0.0.3',
    '10.0.0.1-',
    '010.0.0.1',
    '10.0.0',
    '*',
  ])('name the entry that is none, and let nobody in by it: %s', (bad) => {
    expect(badEntry(['10.0.0.1', bad])).toBe(bad);
    expect(addressList([bad])?.includes('10.0.0.1')).toBe(false);
  });
});
