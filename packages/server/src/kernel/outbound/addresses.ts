import { BlockList, isIP, isIPv4 } from 'node:net';
import { networkInterfaces } from 'node:os';

/** Where requests of the server may go. Entries are addresses, blocks (`10.0.0.0/8`) or ranges (`10.0.0.1-10.0.0.9`). */
export interface OutboundLists {
  /** Never; `0.0.0.0` stands for this machine. */
  readonly denied: readonly string[];
  /** Although they are no public addresses, or this machine's. */
  readonly allowed: readonly string[];
}

/**
 * What IANA's special-purpose registries (RFC 6890) keep from the public internet: private and shared networks, loopback,
 * link-local (where clouds answer with credentials), documentation, benchmarks, multicast, and the ways to write an IPv4
 * address inside an IPv6 one.
 */
const NOT_PUBLIC_IPV4 = [
  ...['0.0.0.0/8', '10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16', '172.16.0.0/12', '192.0.0.0/24'],
  ...['192.0.2.0/24', '192.31.196.0/24', '192.52.193.0/24', '192.88.99.0/24', '192.168.0.0/16', '192.175.48.0/24'],
  ...['198.18.0.0/15', '198.51.100.0/24', '203.0.113.0/24', '224.0.0.0/4', '240.0.0.0/4'],
];
/** Only global unicast is public at all, and of it not these. */
const PUBLIC_IPV6 = ['2000::/3'];
const NOT_PUBLIC_IPV6 = ['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20', '2620:4f:8000::/48'];

const NAMED: Readonly<Record<string, readonly string[]>> = {
  loopback: ['127.0.0.0/8', '::1'],
  linklocal: ['169.254.0.0/16', 'fe80::/10'],
  uniquelocal: ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', 'fc00::/7'],
};
const THIS_MACHINE = '0.0.0.0';

/** Decides about addresses, never about names: those have to be resolved before, and the answer used. */
export class AddressRules {
  readonly #denied: BlockList;
  readonly #allowed: BlockList;
  readonly #deniesThisMachine: boolean;

  constructor({ denied, allowed }: OutboundLists) {
    this.#denied = blockList(denied.filter((entry) => entry !== THIS_MACHINE));
    this.#allowed = blockList(allowed);
    this.#deniesThisMachine = denied.includes(THIS_MACHINE);
  }

  /** Whether a connection to this address may be made. Anything that is no plain IP address may not. */
  permits(address: string): boolean {
    if (isIP(address) === 0 || address.includes('%')) return false;
    if (holds(this.#denied, address)) return false;
    if (holds(this.#allowed, address)) return true;
    return isPublic(address) && !(this.#deniesThisMachine && isOwn(address));
  }
}

const notPublicIpv4 = blockList(NOT_PUBLIC_IPV4);
const publicIpv6 = blockList(PUBLIC_IPV6);
const notPublicIpv6 = blockList(NOT_PUBLIC_IPV6);

export function isPublic(address: string): boolean {
  if (isIPv4(address)) return !holds(notPublicIpv4, address);
  return holds(publicIpv6, address) && !holds(notPublicIpv6, address);
}

/** Also public addresses may be this machine's. */
function isOwn(address: string): boolean {
  const own = new BlockList();
  for (const entries of Object.values(networkInterfaces())) {
    for (const { address: mine } of entries ?? []) own.addAddress(mine.split('%', 1)[0] ?? mine, familyOf(mine));
  }
  return holds(own, address);
}

function holds(list: BlockList, address: string): boolean {
  return list.check(address, familyOf(address));
}

function familyOf(address: string): 'ipv4' | 'ipv6' {
  return address.includes(':') ? 'ipv6' : 'ipv4';
}

function blockList(entries: readonly string[]): BlockList {
  const list = new BlockList();
  for (const entry of entries.flatMap((name) => NAMED[name] ?? [name])) {
    const [from = '', to] = entry.split('-');
    const [address = '', bits] = from.split('/');
    if (to !== undefined) list.addRange(address, to, familyOf(address));
    else if (bits !== undefined) list.addSubnet(address, Number(bits), familyOf(address));
    else list.addAddress(address, familyOf(address));
  }
  return list;
}
