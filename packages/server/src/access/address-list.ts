import { BlockList, isIP, isIPv4 } from 'node:net';

/** Addresses, CIDR blocks and `from-to` ranges, IPv4 and IPv6, that a policy is bound to. */
export interface AddressList {
  /** As they are written. */
  readonly entries: readonly string[];
  /** An address that is no address is in no list. */
  includes(ip: string | null): boolean;
}

/** An IPv4 address that came in IPv6 clothes (`::ffff:10.0.0.1`) is the IPv4 address. */
export function plainAddress(ip: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(ip.trim());
  return mapped?.[1] ?? ip.trim();
}

const familyOf = (ip: string): 'ipv4' | 'ipv6' => (isIPv4(ip) ? 'ipv4' : 'ipv6');

/**
 * A list for each family: in one list for both, an IPv4 address is also looked for among the IPv6 blocks as
 * `::ffff:a.b.c.d`, and `::1/64` would let every IPv4 address in.
 */
type Lists = Readonly<Record<'ipv4' | 'ipv6', BlockList>>;

const emptyLists = (): Lists => ({ ipv4: new BlockList(), ipv6: new BlockList() });

/** Adds one written entry; false when it is none. */
function add(lists: Lists, entry: string): boolean {
  const [from = '', to, tooMany] = entry.split('-').map((part) => plainAddress(part));
  if (tooMany !== undefined) return false;
  if (to !== undefined) return addRange(lists, from, to);
  const [address = '', prefix, rest] = entry.split('/').map((part) => part.trim());
  if (rest !== undefined || !isIP(plainAddress(address))) return false;
  const ip = plainAddress(address);
  if (prefix === undefined) {
    lists[familyOf(ip)].addAddress(ip, familyOf(ip));
    return true;
  }
  const bits = /^\d{1,3}$/.test(prefix) ? Number(prefix) : -1;
  if (bits < 0 || bits > (isIPv4(ip) ? 32 : 128)) return false;
  lists[familyOf(ip)].addSubnet(ip, bits, familyOf(ip));
  return true;
}

function addRange(lists: Lists, from: string, to: string): boolean {
  if (!isIP(from) || !isIP(to) || familyOf(from) !== familyOf(to)) return false;
  try {
    lists[familyOf(from)].addRange(from, to, familyOf(from));
    return true;
  } catch {
    return false; // the end comes before the start
  }
}

/** The entry that is no address, block or range, or null when all are. */
export function badEntry(entries: readonly string[]): string | null {
  const lists = emptyLists();
  return entries.find((entry) => !add(lists, entry)) ?? null;
}

/** null when there are no entries: anywhere. An entry that can't be read lets nobody in. */
export function addressList(entries: readonly string[]): AddressList | null {
  const written = entries.map((entry) => entry.trim()).filter((entry) => entry !== '');
  if (written.length === 0) return null;
  const lists = emptyLists();
  for (const entry of written) add(lists, entry);
  return {
    entries: written,
    includes(ip) {
      const plain = ip === null ? '' : plainAddress(ip);
      return isIP(plain) !== 0 && lists[familyOf(plain)].check(plain, familyOf(plain));
    },
  };
}
