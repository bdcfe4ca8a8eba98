import { isIPv4 } from 'node:net';
import { plainAddress } from '../../access/index.ts';

/*
 * The entries of address lists cut the addresses into stretches, within each of which every list has the same opinion. A
 * stretch begins where an entry begins, or after one ends; so its first address can speak for all of it.
 */

interface Stretch {
  readonly from: bigint;
  readonly to: bigint;
  readonly bits: 32 | 128;
}

/** One address for every stretch, the first of each family included. Entries that are none are left out. */
export function telltaleAddresses(entries: readonly string[]): string[] {
  const starts = { 32: new Set<bigint>([0n]), 128: new Set<bigint>([0n]) };
  for (const entry of entries) {
    const stretch = stretchOf(entry);
    if (!stretch) continue;
    starts[stretch.bits].add(stretch.from);
    if (stretch.to + 1n < 1n << BigInt(stretch.bits)) starts[stretch.bits].add(stretch.to + 1n);
  }
  const sorted = (values: Set<bigint>): bigint[] => [...values].sort((a, b) => (a < b ? -1 : 1));
  return [...sorted(starts[32]).map(textOfIPv4), ...sorted(starts[128]).map(textOfIPv6)];
}

function stretchOf(entry: string): Stretch | null {
  const [first = '', last] = entry.split('-').map((part) => plainAddress(part));
  if (last !== undefined) {
    const [from, to] = [numberOf(first), numberOf(last)];
    return from === null || to === null || to < from ? null : { from, to, bits: bitsOf(first) };
  }
  const [address = '', prefix] = entry.split('/').map((part) => plainAddress(part));
  const number = numberOf(address);
  if (number === null || (prefix !== undefined && !/^\d{1,3}$/.test(prefix))) return null;
  const bits = bitsOf(address);
  const size = 1n << BigInt(bits - Math.min(bits, Number(prefix ?? bits)));
  const from = number - (number % size);
  return { from, to: from + size - 1n, bits };
}

const bitsOf = (address: string): 32 | 128 => (isIPv4(address) ? 32 : 128);

function numberOf(address: string): bigint | null {
  if (isIPv4(address)) return address.split('.').reduce((sum, part) => sum * 256n + BigInt(part), 0n);
  const groups = groupsOf(address);
  return groups?.reduce((sum, group) => sum * 65_536n + BigInt(Number.parseInt(group, 16)), 0n) ?? null;
}

/** The eight groups of an IPv6 address, however it is shortened. */
function groupsOf(address: string): string[] | null {
  const host = URL.canParse(`http://[${address}]`) ? new URL(`http://[${address}]`).hostname.slice(1, -1) : null;
  if (host === null) return null;
  const [head = '', tail] = host.split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  return [...left, ...Array<string>(8 - left.length - right.length).fill('0'), ...right];
}

const textOfIPv4 = (number: bigint): string => [24n, 16n, 8n, 0n].map((shift) => (number >> shift) & 255n).join('.');

function textOfIPv6(number: bigint): string {
  const groups = Array.from({ length: 8 }, (_, i) => (number >> BigInt(112 - 16 * i)) & 65_535n);
  return new URL(`http://[${groups.map((group) => group.toString(16)).join(':')}]`).hostname.slice(1, -1);
}
