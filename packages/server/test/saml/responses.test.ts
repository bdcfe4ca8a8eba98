import { generateKeyPairSync } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Expected } from '../../src/auth/providers/saml/assertion.ts';
import { readIdentityProvider, readServiceProvider } from '../../src/auth/providers/saml/metadata.ts';
import { readResponse } from '../../src/auth/providers/saml/response.ts';
import { escaped, IdentityProvider, newId, posted, type Says } from './identity-provider.ts';
import { wrappings } from './wrapping.ts';

const NOW = Date.UTC(2030, 0, 15, 12);
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const idp = new IdentityProvider(
  'club',
  { audience: 'https://api.example/auth/login/club/metadata', consumerUrl: 'https://api.example/auth/login/club/acs' },
  () => NOW,
);
const stranger = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
const REQUEST = newId();
const ada: Says = { inResponseTo: REQUEST, attributes: { uid: 'ada', mail: 'ada@club.example.com' } };
const mallory: Says = { attributes: { uid: 'mallory', mail: 'mallory@club.example.com' } };

function read(xml: string, changes: Partial<Expected> = {}, raw = posted(xml)) {
  const expected: Expected = {
    issuer: idp.entityId,
    audience: idp.audience,
    consumerUrl: idp.consumerUrl,
    now: NOW,
    isOwnRequest: (id) => id === REQUEST,
    unsolicited: false,
    ...changes,
  };
  return readResponse(raw, { keys: [idp.publicKey], decryptionKey: null }, expected);
}
const uidIn = (xml: string, changes?: Partial<Expected>) => read(xml, changes).attributes.get('uid');

describe('an answer of an identity provider', () => {
  it('counts with a signed assertion, a signed message, or both', () => {
    const assertion = idp.assertion(ada);
    const signed = idp.sign(assertion, 'Assertion');
    const message = (content: string) => idp.message(content, { inResponseTo: REQUEST });
    expect(uidIn(message(signed))).toEqual(['ada']);
    expect(uidIn(idp.sign(message(assertion), 'Response'))).toEqual(['ada']);
    expect(uidIn(idp.sign(message(signed), 'Response'))).toEqual(['ada']);
  });

  it('says who issued it, which request it answers, and until when it counts', () => {
    const answer = read(idp.answer({ ...ada, id: '_a1' }));
    expect(answer).toMatchObject({ id: '_a1', issuer: idp.entityId, inResponseTo: REQUEST });
    expect(answer.expires).toBe(NOW + 6 * MINUTE);
  });

  it.each([['xs'], ['xs', 'xsi', 'saml'], ['#default']])('with the inclusive prefixes %s', (...prefixes) => {
    expect(uidIn(idp.answer(ada, {}, { prefixes }))).toEqual(['ada']);
  });

  it.each(['Cleo & Co', '<Cut> "q"', "it's\t1\n2\r3", '  two  ', 'Zoë 𝒳 漢字 ]]> &amp;', 'a\u00a0b\u200b'])(
    'with the value %j as it was signed',
    (value) => {
      expect(uidIn(idp.answer({ ...ada, attributes: { uid: value } }))).toEqual([value.replace('\r', '\n')]);
    },
  );

  it('with any text in any value, as another library signs it', () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 20 }).filter((one) => !/[^\t\n\u0020-\ufffd]/.test(one));
    const markup = fc.array(
      fc.constantFrom('&', '<', '>', '"', "'", ']]>', '<!--', '&amp;', '\t', '\n', 'é', '😀', 'a'),
    );
    const value = fc.oneof(
      text,
      markup.map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(value, value, (uid, mail) => {
        const { attributes } = read(idp.answer({ ...ada, attributes: { uid, mail } }));
        expect([attributes.get('uid'), attributes.get('mail')]).toEqual([[uid], [mail]]);
      }),
      { numRuns: 150 },
    );
  });

  it('after a declaration and a byte order mark, and before a comment', () => {
    const declared = `\ufeff<?xml version="1.0" encoding="utf-8"?>\n${idp.answer(ada)}\n<!-- end -->\n`;
    expect(uidIn(declared)).toEqual(['ada']);
  });

  it('in the default namespace', () => {
    const assertion = idp
      .assertion(ada)
      .replaceAll(/<(\/?)saml:/g, '<$1')
      .replace('xmlns:saml=', 'xmlns=');
    const signed = idp.sign(idp.message(assertion, { inResponseTo: REQUEST }), 'Assertion');
    expect(signed).toContain('<Assertion xmlns=');
    expect(uidIn(signed)).toEqual(['ada']);
  });
});

describe('wrapped signatures', () => {
  it.each(wrappings(idp, ada, mallory))('$name', ({ xml }) => {
    expect(xml).toContain('mallory');
    expect(() => read(xml)).toThrow();
  });

  it('hold where nothing is wrapped', () => {
    expect(uidIn(idp.answer(ada))).toEqual(['ada']);
  });
});

describe('comments, document types and encodings', () => {
  const comments = ['<!-- x -->', '<!---->', '<!-- x --><!-- y -->', '<![CDATA[]]>'];

  it.each(comments)('the whole text counts around %s', (comment) => {
    const xml = idp.answer({ ...ada, attributes: { uid: 'ada.evil' } }).replace('ada.evil', `ada${comment}.evil`);
    expect(uidIn(xml)).toEqual(['ada.evil']);
  });

  it.each(comments)('the whole text counts when %s was signed', (comment) => {
    const assertion = idp
      .assertion({ ...ada, attributes: { uid: 'ada.evil' } })
      .replace('ada.evil', `ada${comment}.evil`);
    expect(uidIn(idp.message(idp.sign(assertion, 'Assertion'), { inResponseTo: REQUEST }))).toEqual(['ada.evil']);
  });

  it.each([
    '<!DOCTYPE r>',
    '<!DOCTYPE r [<!ENTITY x "y">]>',
    '<!DOCTYPE r SYSTEM "http://127.0.0.1/x.dtd">',
    '<!DOCTYPE r [<!ENTITY % a SYSTEM "file:///etc/passwd"> %a;]>',
    '<!doctype r>',
    '<?xml-stylesheet href="x"?>',
    '<?php echo 1 ?>',
    '<?xml version="1.1"?>',
    '<?xml version="1.0" encoding="UTF-16"?>',
    '<?xml version="1.0" encoding="UTF-7"?>',
    '<?xml version="1.0" encoding="ISO-8859-1"?>',
    ' <?xml version="1.0"?>',
    'text',
    '<r/>',
  ])('%s before the message is refused', (prefix) => {
    expect(() => read(prefix + idp.answer(ada))).toThrow();
  });

  it('entities are refused, whatever they stand for', () => {
    const entities = Array.from({ length: 9 }, (_, n) => `<!ENTITY l${n + 1} "${`&l${n};`.repeat(10)}">`).join('');
    const bomb = `<!DOCTYPE r [<!ENTITY l0 "lol">${entities}]>`;
    const began = performance.now();
    expect(() => read(bomb + idp.answer(ada).replace('>ada<', '>&l9;<'))).toThrow();
    expect(() => read(idp.answer(ada).replace('>ada<', '>&nbsp;<'))).toThrow();
    expect(() => read(idp.answer(ada).replace('>ada<', '>&#0;<'))).toThrow();
    expect(performance.now() - began).toBeLessThan(1_000);
  });

  it.each([
    ['UTF-16', (xml: string) => Buffer.from(`\ufeff${xml}`, 'utf16le')],
    ['UTF-16 without a mark', (xml: string) => Buffer.from(xml, 'utf16le')],
    ['Latin 1', (xml: string) => Buffer.from(xml.replace('>ada<', '>adé<'), 'latin1')],
    ['overlong UTF-8', (xml: string) => Buffer.concat([Buffer.from([0xc0, 0xbc]), Buffer.from(xml.slice(1))])],
    ['a lone surrogate', (xml: string) => Buffer.concat([Buffer.from(xml), Buffer.from([0xed, 0xa0, 0x80])])],
    ['NUL', (xml: string) => Buffer.from(`${xml}\0`)],
    ['nothing', () => Buffer.alloc(0)],
  ])('%s is refused', (_, encode) => {
    expect(() => read('', {}, encode(idp.answer(ada)).toString('base64'))).toThrow();
  });

  it('base64 is read strictly', () => {
    const raw = posted(idp.answer(ada));
    expect(read('', {}, raw.replace(/.{76}/g, '$&\r\n')).inResponseTo).toBe(REQUEST);
    for (const bad of [`${raw}!`, `${raw}====`, raw.slice(0, -1), `%${raw}`, raw.replaceAll('+', '-'), `A=${raw}`]) {
      if (bad !== raw) expect(() => read('', {}, bad), bad.slice(-8)).toThrow();
    }
  });

  it('many levels and many attributes are refused quickly', () => {
    const began = performance.now();
    expect(() => read(`${'<a>'.repeat(100_000)}${'</a>'.repeat(100_000)}`)).toThrow();
    expect(() => read(`<a ${Array.from({ length: 20_000 }, (_, n) => `b${n}=""`).join(' ')} b1=""/>`)).toThrow();
    expect(() => read(`<a${' '.repeat(500_000)}`)).toThrow();
    expect(() => read(`<a b="${'&'.repeat(200_000)}"/>`)).toThrow();
    expect(() => read(`<a>${'<b/>'.repeat(180_000)}</a>`)).toThrow();
    const namespaces = Array.from({ length: 10_000 }, (_, n) => `xmlns:n${n}="u"`).join(' ');
    expect(() => read(`<a ${namespaces}>${'<b xmlns:x="y"/>'.repeat(10_000)}</a>`)).toThrow();
    expect(performance.now() - began).toBeLessThan(2_000);
  });

  it('many prefixes in a signature that was never verified are refused quickly', () => {
    const prefixes = Array.from({ length: 50_000 }, (_, n) => `p${n}`).join(' ');
    const filler = `<saml:Subject>${'<b/>'.repeat(15_000)}`;
    const signed = idp.answer(ada, {}, { prefixes: ['xs'] }).replace('PrefixList="xs"', `PrefixList="${prefixes}"`);
    const began = performance.now();
    expect(() => read(signed.replace('<saml:Subject>', filler))).toThrow();
    expect(performance.now() - began).toBeLessThan(1_000);
  });
});

describe('signatures', () => {
  const changed: readonly [string, (xml: string) => string][] = [
    ['no signature', (xml) => xml.replace(/<ds:Signature\b.*?<\/ds:Signature>/s, '')],
    ['a changed attribute', (xml) => xml.replace('>ada<', '>mallory<')],
    ['a changed name of an attribute', (xml) => xml.replace('Name="mail"', 'Name="uid"')],
    ['a changed audience', (xml) => xml.replace('<saml:Audience>', '<saml:Audience>x')],
    ['an attribute that was added', (xml) => xml.replace('<saml:Subject>', '<saml:Subject x="1">')],
    ['an element that was added', (xml) => xml.replace('<saml:Subject>', '<saml:Subject><saml:NameID>x</saml:NameID>')],
    ['another digest', (xml) => xml.replace(/(<ds:DigestValue>).{4}/, '$1AAAA')],
    ['another value', (xml) => xml.replace(/(<ds:SignatureValue>).{4}/, '$1AAAA')],
    ['an empty value', (xml) => xml.replace(/(<ds:SignatureValue>).*?(<\/ds:SignatureValue>)/s, '$1$2')],
    ['an empty reference', (xml) => xml.replace(/<ds:Reference URI="[^"]*"/, '<ds:Reference URI=""')],
    ['a reference to somewhere else', (xml) => xml.replace(/<ds:Reference URI="[^"]*"/, '<ds:Reference URI="#x"')],
    ['a second reference', (xml) => xml.replace(/<ds:Reference\b.*?<\/ds:Reference>/s, '$&$&')],
    ['a second signature', (xml) => xml.replace(/<ds:Signature\b.*?<\/ds:Signature>/s, '$&$&')],
    [
      'an unknown transform',
      (xml) => xml.replace(/(<ds:Transform Algorithm=")[^"]*"/, '$1http://www.w3.org/TR/1999/REC-xpath-19991116"'),
    ],
    ['a digest of SHA-1', (xml) => xml.replace('2001/04/xmlenc#sha256', '2000/09/xmldsig#sha1')],
    ['an HMAC', (xml) => xml.replace('2001/04/xmldsig-more#rsa-sha256', '2000/09/xmldsig#hmac-sha1')],
  ];

  it.each(changed)('%s is refused', (_, change) => {
    const signed = idp.answer(ada);
    expect(change(signed)).not.toBe(signed);
    expect(() => read(change(signed))).toThrow();
  });

  it.each([
    ['SHA-1 signatures', { signature: 'http://www.w3.org/2000/09/xmldsig#rsa-sha1' }],
    ['SHA-1 digests', { digest: 'http://www.w3.org/2000/09/xmldsig#sha1' }],
    ['inclusive canonical form', { canonical: 'http://www.w3.org/TR/2001/REC-xml-c14n-20010315' }],
    ['canonical form with comments', { canonical: 'http://www.w3.org/2001/10/xml-exc-c14n#WithComments' }],
    ['one transform', { transforms: ['http://www.w3.org/2001/10/xml-exc-c14n#'] }],
    ['the key of somebody else', { key: stranger }],
  ])('%s are refused', (_, signing) => {
    expect(() => read(idp.answer(ada, {}, signing))).toThrow();
  });

  it('the certificate in a signature is not looked at', () => {
    const forged = idp.answer(ada, {}, { key: stranger });
    const info = `<ds:KeyInfo><ds:X509Data><ds:X509Certificate>${idp.certificate}</ds:X509Certificate></ds:X509Data></ds:KeyInfo>`;
    expect(() => read(forged.replace('</ds:SignatureValue>', `</ds:SignatureValue>${info}`))).toThrow();
    const signed = idp.answer(ada);
    expect(uidIn(signed.replace('</ds:SignatureValue>', `</ds:SignatureValue>${info}`))).toEqual(['ada']);
  });

  it('a signed message with an assertion whose own signature does not hold is refused', () => {
    const assertion = idp.sign(idp.assertion(ada), 'Assertion', { key: stranger });
    expect(() => read(idp.sign(idp.message(assertion, { inResponseTo: REQUEST }), 'Response'))).toThrow();
  });

  it('every changed byte of what was signed is noticed', () => {
    const signed = idp.answer(ada);
    const from = signed.indexOf('<saml:Assertion');
    const to = signed.indexOf('</saml:Assertion>');
    for (let at = from; at < to; at += 7) {
      const other = signed[at] === 'x' ? 'y' : 'x';
      const xml = signed.slice(0, at) + other + signed.slice(at + 1);
      let uid: unknown;
      try {
        uid = uidIn(xml);
      } catch {
        continue;
      }
      expect(uid, `${at}: ${xml.slice(at - 20, at + 20)}`).toEqual(['ada']); // in the KeyInfo or between base64
    }
  });
});

describe('what an answer says', () => {
  const refused: readonly [string, Says][] = [
    ['another audience', { audience: 'https://api.example/auth/login/annex/metadata' }],
    ['no audience', { audience: null }],
    [
      'two audiences that both have to hold',
      {
        conditions:
          '<saml:AudienceRestriction><saml:Audience>https://x.example</saml:Audience></saml:AudienceRestriction>',
      },
    ],
    ['another recipient', { recipient: 'https://api.example/auth/login/annex/acs' }],
    ['no recipient', { recipient: null }],
    ['another issuer', { issuer: 'https://idp.example/other' }],
    ['a request that was not ours', { inResponseTo: newId() }],
    ['no request', { inResponseTo: null }],
    ['an end that is over', { until: NOW - 2 * MINUTE }],
    ['a confirmation that is over', { confirmedUntil: NOW - 2 * MINUTE }],
    ['a confirmation without an end', { confirmedUntil: null }],
    ['a beginning that is to come', { from: NOW + 2 * MINUTE }],
    ['a moment of issue that is to come', { issued: NOW + HOUR }],
    ['another method of confirmation', { method: 'urn:oasis:names:tc:SAML:2.0:cm:holder-of-key' }],
    ['another version', { version: '1.1' }],
    ['a condition that is not understood', { conditions: '<x:Only xmlns:x="urn:x"/>' }],
    ['nobody who signed in', { statement: '' }],
    [
      'a session that has ended',
      {
        statement:
          '<saml:AuthnStatement AuthnInstant="2030-01-15T10:00:00Z" SessionNotOnOrAfter="2030-01-15T11:00:00Z"/>',
      },
    ],
  ];

  it.each(refused)('%s is refused', (_, says) => {
    expect(() => read(idp.answer({ ...ada, ...says }))).toThrow();
  });

  it.each([
    ['another destination', { destination: 'https://api.example/auth/login/annex/acs' }],
    ['another issuer', { issuer: 'https://idp.example/other' }],
    ['a refusal', { status: 'urn:oasis:names:tc:SAML:2.0:status:Responder' }],
    ['another request than the assertion', { inResponseTo: newId() }],
    ['another version', { version: '1.1' }],
  ])('a message with %s is refused', (_, message) => {
    expect(() => read(idp.answer(ada, message))).toThrow();
    const signed = idp.sign(idp.message(idp.assertion(ada), { inResponseTo: REQUEST, ...message }), 'Response');
    expect(() => read(signed)).toThrow();
  });

  it('a signed message without a destination is refused', () => {
    const message = idp.message(idp.assertion(ada), { inResponseTo: REQUEST, destination: null });
    expect(() => read(idp.sign(message, 'Response'))).toThrow();
    expect(uidIn(idp.answer(ada, { destination: null }))).toEqual(['ada']);
  });

  it('clocks may differ by a minute', () => {
    const late = { until: NOW - 50_000, confirmedUntil: NOW - 50_000 };
    expect(uidIn(idp.answer({ ...ada, ...late }))).toEqual(['ada']);
    expect(uidIn(idp.answer({ ...ada, from: NOW + 50_000, issued: NOW + 50_000 }))).toEqual(['ada']);
  });

  it('an answer without a request counts only where that is allowed', () => {
    const unsolicited = idp.answer({ ...ada, inResponseTo: null });
    expect(() => read(unsolicited)).toThrow();
    expect(uidIn(unsolicited, { unsolicited: true })).toEqual(['ada']);
    expect(() => read(idp.answer({ ...ada, inResponseTo: newId() }), { unsolicited: true })).toThrow();
  });

  it('no message, or one without an assertion, is refused', () => {
    expect(() => read(idp.message('', { inResponseTo: REQUEST }))).toThrow();
    expect(() => read(idp.sign(idp.message('', { inResponseTo: REQUEST }), 'Response'))).toThrow();
    expect(() => read(idp.sign(idp.assertion(ada), 'Assertion'))).toThrow();
    expect(() => read('not xml')).toThrow();
  });
});

describe('metadata', () => {
  const own = `<md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" entityID="${idp.audience}"><md:SPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol"><md:AssertionConsumerService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST" Location="${escaped(idp.consumerUrl)}" index="0"/></md:SPSSODescriptor></md:EntityDescriptor>`;

  it('are read', () => {
    const provider = readIdentityProvider(idp.metadata());
    expect(provider).toMatchObject({ entityId: idp.entityId, signOnUrl: idp.signOnUrl, wantsSignedRequests: false });
    expect(provider.keys).toHaveLength(1);
    expect(readServiceProvider(own)).toEqual({
      entityId: idp.audience,
      consumerUrl: idp.consumerUrl,
      logoutUrl: null,
    });
  });

  it('are refused without an address, a key or an entity', () => {
    for (const xml of [
      idp.metadata().replace('HTTP-Redirect', 'SOAP'),
      idp.metadata().replace('https://idp.example/club/sso', 'javascript:alert(1)'),
      idp.metadata().replace('use="signing"', 'use="encryption"'),
      idp.metadata().replace('entityID', 'id'),
      `<!DOCTYPE r>${idp.metadata()}`,
    ]) {
      expect(() => readIdentityProvider(xml)).toThrow();
    }
    expect(() => readServiceProvider(own.replace('HTTP-POST', 'HTTP-Artifact'))).toThrow();
  });
});
