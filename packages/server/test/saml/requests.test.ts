import { describe, expect, it } from 'vitest';
import { requestAddress } from '../../src/auth/providers/saml/authn-request.ts';
import { attributeOf, requiredChild, textOf } from '../../src/auth/providers/saml/elements.ts';
import { SamlRequests } from '../../src/auth/providers/saml/requests.ts';
import { parseXml } from '../../src/auth/providers/saml/xml.ts';
import { requestIn } from './identity-provider.ts';

const clock = { now: () => NOW };
const NOW = Date.UTC(2030, 0, 15, 12);
const HOUR = 3_600_000;
const requests = new SamlRequests('a-secret-of-the-tests-that-is-long-enough', clock);

describe('requests to identity providers', () => {
  it.each(['https://idp.example/sso', 'https://idp.example/sso?a=1&b=%22', 'https://idp.example/sso?a=1#x'])(
    'say what they say to %s, whatever is in a name',
    (signOnUrl) => {
      const entityId = `https://api.example/?a=1&b="><saml:Issuer>x</saml:Issuer><!--`;
      const consumerUrl = `https://api.example/acs?x="/><evil a='&amp;`;
      const provider = { entityId: 'x', signOnUrl, keys: [], wantsSignedRequests: false, logout: null };
      const relayState = 'https://client.example/login?a=1&SAMLRequest=x#"><script>';
      const id = requests.issue('club');
      const address = requestAddress({
        id,
        provider,
        service: { entityId, consumerUrl, logoutUrl: null },
        now: NOW,
        relayState,
        key: null,
      });
      expect(address).not.toMatch(/[<>"'\s]/);
      const read = requestIn(address);
      expect([read.query.getAll('SAMLRequest').length, read.relayState]).toEqual([1, relayState]);
      expect(new URL(address).hash).toBe(new URL(signOnUrl).hash);
      const request = parseXml(read.xml);
      expect(attributeOf(request, 'ID')).toBe(id);
      expect(attributeOf(request, 'AssertionConsumerServiceURL')).toBe(consumerUrl);
      expect(attributeOf(request, 'Destination')).toBe(signOnUrl);
      expect(textOf(requiredChild(request, 'assertion', 'Issuer'))).toBe(entityId);
    },
  );

  it('have IDs that only their maker knows, for one provider and an hour', () => {
    const id = requests.issue('club');
    expect(id).toMatch(/^_[\w-]+$/);
    expect(requests.expiryOf(id, 'club')).toBe(NOW + HOUR);
    expect(requests.expiryOf(id, 'annex')).toBeNull();
    expect(requests.issue('club')).not.toBe(id);
    const later = new SamlRequests('a-secret-of-the-tests-that-is-long-enough', { now: () => NOW + HOUR });
    expect(later.expiryOf(id, 'club')).toBeNull();
    expect(new SamlRequests('another-secret-of-the-tests', clock).expiryOf(id, 'club')).toBeNull();
    for (let at = 1; at < id.length; at++) {
      const other = id.slice(0, at) + (id[at] === 'A' ? 'B' : 'A') + id.slice(at + 1);
      expect(requests.expiryOf(other, 'club'), other).toBeNull();
    }
    for (const odd of ['', '_', 'x', id.slice(1), `${id}=`, ` ${id}`, id.slice(0, -1)]) {
      expect(requests.expiryOf(odd, 'club'), odd).toBeNull();
    }
  });
});
