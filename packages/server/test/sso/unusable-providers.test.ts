import type { ServerResponse } from 'node:http';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { discard, type StartedServer, startProject } from '../started-server.ts';
import { HostileProvider } from './hostile-provider.ts';
import { CLIENT_PAGE, externalUsers, leavingFor, login, openIdSettings } from './logins.ts';

const WELL_KNOWN = '/.well-known/openid-configuration';
const UNAVAILABLE = `${CLIENT_PAGE}?reason=SERVICE_UNAVAILABLE`;

/** Each provider is asked for its discovery document once, so every flaw has one of its own. */
const DISCOVERIES: readonly [string, HostileProvider['flaws']][] = [
  ['another', { metadata: (m) => ({ ...m, issuer: 'https://accounts.example' }) }],
  ['issuerless', { metadata: ({ issuer: _, ...m }) => m }],
  ['endless', { answer: at(WELL_KNOWN, endless) }],
  ['redirecting', { answer: at(WELL_KNOWN, (response) => response.writeHead(302, { location: '/inside' }).end()) }],
  ['failing', { answer: at(WELL_KNOWN, (response) => response.writeHead(500).end('{}')) }],
  ['texting', { answer: at(WELL_KNOWN, (response) => response.writeHead(200).end('<html>')) }],
  ['listing', { answer: at(WELL_KNOWN, (response) => response.writeHead(200).end('[]')) }],
  ['scripting', { metadata: (m) => ({ ...m, authorization_endpoint: 'javascript:alert(1)' }) }],
  ['reading', { metadata: (m) => ({ ...m, token_endpoint: 'file:///etc/passwd' }) }],
  ['userinfo', { metadata: (m) => ({ ...m, token_endpoint: 'http://a:b@127.0.0.1/token' }) }],
];

describe('providers that cannot be used', () => {
  let server: StartedServer;
  let inside: HostileProvider;
  const providers = new Map<string, HostileProvider>();

  beforeAll(async () => {
    inside = await new HostileProvider().start();
    const settings: Record<string, string> = {};
    for (const [name, flaws] of [...DISCOVERIES, ['sound', {}], ['locked', {}], ['leading', {}]] as const) {
      const provider = await new HostileProvider().start();
      provider.flaws = flaws;
      providers.set(name, provider);
      Object.assign(settings, openIdSettings(name, provider.url));
    }
    providersOf('leading').flaws = { metadata: (m) => ({ ...m, token_endpoint: `${inside.url}/token` }) };
    server = await startProject('sqlite', { AUTH_PROVIDERS: [...providers.keys()].join(), ...settings });
  }, 40_000);

  afterAll(async () => {
    for (const provider of [inside, ...providers.values()]) provider.stop();
    await discard(server);
  });

  afterEach(async () => {
    providersOf('sound').flaws = {};
    expect(await externalUsers(server)).toEqual([]);
  });

  it.each(DISCOVERIES)('%s: nobody is sent there', async (name) => {
    const answer = await fetch(leavingFor(server, name), { redirect: 'manual' });
    expect(answer.headers.get('location')).toBe(UNAVAILABLE);
    expect(answer.headers.get('set-cookie')).toBeNull();
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(providersOf(name).paths).not.toContain('/inside');
  });

  it('an address that a provider names inside the network is not asked', async () => {
    expect((await login(server, 'leading')).location).toBe(UNAVAILABLE);
    expect(inside.paths).toEqual([]);
  });

  it.each(['/token', '/userinfo'])('%s that never ends is left', async (path) => {
    const sent = { bytes: 0 };
    providersOf('sound').flaws = { answer: at(path, (response) => endless(response, sent)) };
    expect((await login(server, 'sound')).location).toBe(UNAVAILABLE);
    expect(sent.bytes).toBeGreaterThan(0);
    expect(sent.bytes).toBeLessThan(32 * 1024 * 1024);
  });

  it.each([
    ['/token', 'sound'],
    ['/userinfo', 'sound'],
    ['/jwks', 'locked'],
  ])('%s that redirects is not followed', async (path, name) => {
    const provider = providersOf(name);
    provider.flaws = {
      answer: at(path, (response) => response.writeHead(307, { location: `${inside.url}${path}` }).end()),
    };
    provider.paths.length = 0;
    expect((await login(server, name)).location).toBe(UNAVAILABLE);
    expect(provider.paths).toContain(path);
    expect(inside.paths).toEqual([]);
  });

  it('a token endpoint that says nothing is left after ten seconds, and others are answered meanwhile', async () => {
    providersOf('sound').flaws = { answer: at('/token', () => undefined) };
    const waiting = login(server, 'sound');
    const ping = await fetch(`${server.url}/server/ping`);
    expect(ping.status).toBe(200);
    expect((await waiting).location).toBe(UNAVAILABLE);
  }, 60_000);

  it('what went wrong is in the log, secrets are not', () => {
    expect(server.output()).toContain('its discovery document is that of');
    expect(server.output()).not.toContain('s:e+c r&t%');
    expect(server.output()).not.toMatch(/code_verifier|access_token/);
  });

  function providersOf(name: string): HostileProvider {
    const provider = providers.get(name);
    if (!provider) throw new Error(`no provider ${name}`);
    return provider;
  }
});

function at(path: string, answer: (response: ServerResponse) => void) {
  return (asked: string, response: ServerResponse): boolean => {
    if (asked === path) answer(response);
    return asked === path;
  };
}

function endless(response: ServerResponse, sent = { bytes: 0 }): void {
  response.writeHead(200, { 'content-type': 'application/json' });
  const text = '[[[['.repeat(4_096);
  const more = (): void => {
    if (response.destroyed) return;
    do sent.bytes += text.length;
    while (response.write(text) && !response.destroyed);
  };
  response.on('drain', more);
  more();
}
