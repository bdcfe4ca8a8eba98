import type { Planted, Threat } from './threats.ts';

const plant = (file: string, ...edits: (readonly [string, string])[]): Planted => ({ file, edits });

const OUTBOUND = 'files/outbound.test.ts';
const ADDRESSES = 'addresses that may be asked';
const RULES = 'kernel/outbound/addresses.ts';
const CLIENT = 'kernel/outbound/client.ts';

/** Of requests that the server makes: one client for whoever has it ask somebody. */
export const OUTBOUND_THREATS: readonly Threat[] = [
  {
    known: 'GHSA-j3rg-3rgm-537h (CVE-2023-26492)',
    mistake: 'a name was resolved again after its address had been checked',
    test: OUTBOUND,
    title: 'goes to the address that was checked, whatever the name server says a moment later',
    planted: plant(CLIENT, ['          lookup: pinnedTo(pinned),\n', '']),
  },
  {
    known: 'GHSA-j3rg-3rgm-537h (CVE-2023-26492), several addresses',
    mistake: 'of several addresses of a name one was checked',
    test: OUTBOUND,
    title: 'does not ask a name of which any address is private',
    planted: plant(CLIENT, ['for (const address of addresses) {', 'for (const address of addresses.slice(0, 1)) {']),
  },
  {
    known: 'GHSA-8p72-rcq4-h6pw (CVE-2024-39699)',
    mistake: 'the address that a redirect leads to was not checked',
    test: OUTBOUND,
    title: 'does not follow a redirect to',
    planted: plant(CLIENT, [
      'const pinned = await this.#checkedAddress(url, signal);',
      "const pinned = headers?.accept === undefined && url.pathname === '/private' ? url.hostname : await this.#checkedAddress(url, signal);",
    ]),
  },
  {
    known: 'GHSA-68g8-c275-xf2m (CVE-2024-46990)',
    mistake: 'of the addresses of this machine only the usual one was refused',
    test: OUTBOUND,
    title: ADDRESSES,
    planted: plant(RULES, ["'100.64.0.0/10', '127.0.0.0/8',", "'100.64.0.0/10', '127.0.0.1/32',"]),
  },
  {
    known: 'GHSA-wv3h-5fx7-966h (CVE-2026-35409)',
    mistake: 'an IPv4 address within an IPv6 one was taken for a public one',
    test: OUTBOUND,
    title: ADDRESSES,
    planted: plant(RULES, ["const PUBLIC_IPV6 = ['2000::/3'];", "const PUBLIC_IPV6 = ['2000::/3', '::/8'];"]),
  },
  {
    known: 'GHSA-j5h6-vqc3-phqh (CVE-2026-61835)',
    mistake: 'the address of all interfaces was taken for a public one',
    test: OUTBOUND,
    title: ADDRESSES,
    planted: plant(RULES, ["...['0.0.0.0/8', '10.0.0.0/8',", "...['0.1.0.0/16', '10.0.0.0/8',"]),
  },
  {
    known: 'GHSA-3556-624q-c5w3, GHSA-4jw7-6mqj-vrhq',
    mistake: 'the address where clouds answer with credentials could be asked',
    test: OUTBOUND,
    title: ADDRESSES,
    planted: plant(RULES, ["'169.254.0.0/16', '172.16.0.0/12', '192.0.0.0/24'],", "'172.16.0.0/12', '192.0.0.0/24'],"]),
  },
];
