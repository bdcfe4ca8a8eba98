import type { IncomingMessage } from 'node:http';
import { BlockList, isIP, isIPv4 } from 'node:net';
import { plainAddress } from '../access/index.ts';

/** `IP_TRUST_PROXY`: nobody, everybody, the nearest N hops, or the addresses listed. */
export type ProxyTrust = boolean | number | readonly string[];

/**
 * The client's address. Headers count only as far as the proxies that wrote them are trusted; a header that holds
 * nonsense gives null, which is in no address list.
 */
export function clientAddress(request: IncomingMessage, trust: ProxyTrust, header: string | null): string | null {
  const peer = plainAddress(request.socket.remoteAddress ?? '');
  if (header !== null) {
    const value = request.headers[header.toLowerCase()];
    const text = plainAddress(Array.isArray(value) ? (value[0] ?? '') : (value ?? ''));
    return isIP(text) ? text : null;
  }
  if (trust === false || trust === 0) return peer || null;
  const forwarded = request.headers['x-forwarded-for'];
  const chain = (Array.isArray(forwarded) ? forwarded.join(',') : (forwarded ?? ''))
    .split(',')
    .map((part) => plainAddress(part))
    .filter((part) => part !== '');
  return nearestUntrusted([...chain, peer], trust);
}

/** Walks from the peer back to the first address that no trusted proxy vouches for. */
function nearestUntrusted(chain: readonly string[], trust: ProxyTrust): string | null {
  let at = chain.length - 1;
  for (let hop = 0; at > 0 && isTrusted(chain[at] ?? '', hop, trust); hop++) at -= 1;
  const address = chain[at] ?? '';
  return isIP(address) ? address : null;
}

function isTrusted(address: string, hop: number, trust: ProxyTrust): boolean {
  if (typeof trust === 'boolean') return trust;
  if (typeof trust === 'number') return hop < trust;
  return listOf(trust).check(address, isIPv4(address) ? 'ipv4' : 'ipv6');
}

const lists = new WeakMap<readonly string[], BlockList>();

function listOf(entries: readonly string[]): BlockList {
  let list = lists.get(entries);
  if (!list) {
    list = new BlockList();
    for (const entry of entries) {
      const [ip = '', prefix] = entry.split('/');
      if (!isIP(ip)) continue;
      const family = isIPv4(ip) ? 'ipv4' : 'ipv6';
      if (prefix === undefined) list.addAddress(ip, family);
      else list.addSubnet(ip, Number(prefix), family);
    }
    lists.set(entries, list);
  }
  return list;
}
