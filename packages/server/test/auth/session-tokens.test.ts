import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hashToken, isTokenShaped, SessionTokens } from '../../src/auth/session-tokens.ts';

const tokens = new SessionTokens('a-secret');

describe('session tokens', () => {
  it('are 64 url-safe characters, and all different', () => {
    const issued = Array.from({ length: 1000 }, () => tokens.issue());
    for (const { plain, hash } of issued) {
      expect(plain).toMatch(/^[A-Za-z0-9_-]{64}$/);
      expect(hash).toBe(hashToken(plain));
      expect(hash).toMatch(/^[0-9a-f]{64}$/);
    }
    expect(new Set(issued.map(({ plain }) => plain)).size).toBe(1000);
    expect(new Set(issued.map(({ family }) => family)).size).toBe(1000);
  });

  it('have one successor, of the same family, on every node with the same secret and no other', () => {
    const { plain, family } = tokens.issue();
    const next = tokens.successorOf(plain);
    expect(next).toEqual(new SessionTokens('a-secret').successorOf(plain));
    expect(next.plain).not.toBe(plain);
    expect(next.family).toBe(family);
    expect(tokens.familyOf(next.plain)).toBe(family);
    const stranger = new SessionTokens('another-secret');
    expect(stranger.successorOf(plain).plain).not.toBe(next.plain);
    expect(stranger.familyOf(plain)).toBeNull();
  });

  it('never come round again', () => {
    const seen = new Set<string>();
    let { plain } = tokens.issue();
    for (let i = 0; i < 2000; i++) {
      expect(seen.has(plain)).toBe(false);
      seen.add(plain);
      ({ plain } = tokens.successorOf(plain));
    }
  });

  it('give a token of another server a family of its own', () => {
    const foreign = 'x'.repeat(64);
    expect(isTokenShaped(foreign)).toBe(true);
    expect(tokens.familyOf(foreign)).toBeNull();
    const next = tokens.successorOf(foreign);
    expect(tokens.familyOf(next.plain)).toBe(next.family);
  });

  it('have no family when anything about them was changed or invented', () => {
    const { plain } = tokens.issue();
    fc.assert(
      fc.property(fc.string(), fc.nat(63), fc.constantFrom(...'ABab01-_'), (text, at, other) => {
        fc.pre(plain[at] !== other);
        expect(tokens.familyOf(text)).toBeNull();
        expect(tokens.familyOf(plain.slice(0, at) + other + plain.slice(at + 1))).toBeNull();
      }),
    );
  });
});
