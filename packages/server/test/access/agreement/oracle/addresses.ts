/** An address as a number, IPv4 and IPv6 apart by their width. */
function numberOf(address: string): { bits: 32 | 128; value: bigint } {
  if (!address.includes(':')) {
    return { bits: 32, value: address.split('.').reduce((sum, part) => sum * 256n + BigInt(part), 0n) };
  }
  const [head = '', tail] = address.split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = tail === undefined ? [] : Array.from({ length: 8 - left.length - right.length }, () => '0');
  const value = [...left, ...zeros, ...right].reduce((sum, part) => sum * 65_536n + BigInt(`0x${part}`), 0n);
  return { bits: 128, value };
}

function matches(entry: string, ip: string): boolean {
  const at = numberOf(ip);
  const [from = '', to] = entry.split('-');
  if (to !== undefined) {
    const [low, high] = [numberOf(from), numberOf(to)];
    return low.bits === at.bits && low.value <= at.value && at.value <= high.value;
  }
  const [network = '', prefix] = entry.split('/');
  const base = numberOf(network);
  if (base.bits !== at.bits) return false;
  const shift = BigInt(base.bits - Number(prefix ?? base.bits));
  return base.value >> shift === at.value >> shift;
}

/** Whether a policy bound to these addresses applies to a caller at `ip`. */
export function admits(entries: readonly string[] | null, ip: string | null): boolean {
  if (entries === null || entries.length === 0) return true;
  return ip !== null && entries.some((entry) => matches(entry, ip));
}
