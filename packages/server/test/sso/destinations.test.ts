import { describe, expect, it } from 'vitest';
import { continueOf } from '../../../studio/src/app/continue.ts';
import { allowedDestination, destinationWith } from '../../src/kernel/allowed-address.ts';
import { hostileDestinations } from './hostile-destinations.ts';

const RULES = {
  own: ['https://api.example.com/base', 'https://second.example.com'],
  listed: ['https://client.example/login', 'https://app.example:8443/welcome/back', 'club://home/in'],
};
const allowed = (given: string) => allowedDestination(given, RULES);

describe('where somebody may be sent after signing in elsewhere', () => {
  it.each([
    '/',
    '/admin/content',
    '/admin/content?x=//evil.example#//y',
    '/a%20b',
    'https://api.example.com/base',
    'https://api.example.com/base/',
    'https://api.example.com/base/admin?a=1#b',
    'https://second.example.com/',
    'https://second.example.com/any/page',
    'https://client.example/login',
    'https://client.example/login?next=%2Fcards#top',
    'https://client.example:443/login',
    'HTTPS://CLIENT.example/login',
    'https://app.example:8443/welcome/back?x=https://evil.example/',
    'club://home/in?x=1',
  ])('%s, unchanged', (given) => {
    expect(allowed(given)).toBe(given);
  });

  it('what is not ASCII is written so that it fits a header', () => {
    expect(allowed('https://client.example/login?name=é')).toBe('https://client.example/login?name=%C3%A9');
    expect(allowed('/café?x=ü')).toBe('/caf%C3%A9?x=%C3%BC');
  });

  it('no hostile address, of more than five hundred', () => {
    const corpus = hostileDestinations();
    expect(corpus.length).toBeGreaterThanOrEqual(500);
    expect(new Set(corpus).size).toBe(corpus.length);
    expect(corpus.filter((given) => allowed(given) !== null)).toEqual([]);
  });

  it('the Studio goes on to none of them after signing in, and to its own pages', () => {
    expect(hostileDestinations().filter((given) => continueOf(given) !== '/')).toEqual([]);
    for (const elsewhere of ['/.//evil.example', '/..//evil.example', '/a/../../..//evil.example', '/login', '', 'x']) {
      expect(continueOf(elsewhere), elsewhere).toBe('/');
    }
    expect(continueOf(undefined)).toBe('/');
    for (const page of ['/', '/content/books/1', '/content/books?filter=%7B%22a%22%3A1%7D&page=2', '/users#x']) {
      expect(continueOf(page)).toBe(page);
    }
  });

  it('whatever it allows leads a browser to an address that may be named', () => {
    const ends = corpusAndVariations().flatMap((given) => {
      const taken = allowed(given);
      return taken === null ? [] : [URL.parse(taken, 'https://api.example.com/base/auth/login/x/callback')];
    });
    const foreign = ends.filter((url) => !url || !HOSTS.has(url.host));
    expect(ends.length).toBeGreaterThan(100);
    expect(foreign).toEqual([]);
  });

  it('adds a parameter to addresses and to paths', () => {
    expect(destinationWith('/', 'reason', 'X')).toBe('/?reason=X');
    expect(destinationWith('/a?b=1#c', 'reason', 'X')).toBe('/a?b=1&reason=X#c');
    expect(destinationWith('https://client.example/login?reason=a&b', 'reason', 'X')).toBe(
      'https://client.example/login?b=&reason=X',
    );
    expect(destinationWith('club://home/in', 'reason', 'X')).toBe('club://home/in?reason=X');
  });
});

const HOSTS = new Set(['api.example.com', 'second.example.com', 'client.example', 'app.example:8443', 'home']);

/** Good addresses with one character put in or taken out, anywhere. */
function corpusAndVariations(): string[] {
  const good = ['/admin', 'https://api.example.com/base/x', 'https://client.example/login', 'club://home/in'];
  const bits = ['/', '\\', '@', ':', '?', '#', '.', '..', '%2f', '%5c', '\t', '\n', ' ', '%00', '。', 'é', ''];
  const varied = good.flatMap((address) =>
    [...address].flatMap((_, at) =>
      bits.flatMap((bit) => [
        address.slice(0, at) + bit + address.slice(at),
        address.slice(0, at) + bit + address.slice(at + 1),
      ]),
    ),
  );
  return [...hostileDestinations(), ...varied];
}
