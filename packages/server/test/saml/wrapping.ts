import type { IdentityProvider, Says } from './identity-provider.ts';
import { newId } from './identity-provider.ts';

const SIGNATURE = /<ds:Signature\b.*?<\/ds:Signature>/s;
const ASSERTION = /<saml:Assertion\b.*<\/saml:Assertion>/s;

const without = (xml: string): string => xml.replace(SIGNATURE, '');
const signatureIn = (xml: string): string => SIGNATURE.exec(xml)?.[0] ?? '';
const withId = (xml: string, id = newId()): string => xml.replace(/ ID="[^"]*"/, ` ID="${id}"`);
const withIn = (signature: string, content: string): string =>
  signature.replace('</ds:Signature>', `${content}</ds:Signature>`);

export interface Wrapped {
  readonly name: string;
  readonly xml: string;
}

/**
 * Signature wrapping, XSW1 to XSW8 (Somorovsky et al., "On Breaking SAML: Be Whoever You Want to Be", and SAML Raider): a
 * signature that holds, and beside it somebody else's name where a careless reader looks for it.
 */
export function wrappings(idp: IdentityProvider, says: Says, victim: Says): Wrapped[] {
  const { inResponseTo = null } = says;
  const signedAssertion = idp.sign(idp.assertion(says), 'Assertion');
  const message = (content: string) => idp.message(content, { inResponseTo });
  const signedMessage = idp.sign(message(idp.assertion(says)), 'Response');
  const evil = idp.assertion({ ...says, ...victim, id: newId() });
  const evilMessage = withId(without(signedMessage)).replace(ASSERTION, evil);
  const forgedWith = (signature: string) => evil.replace('</saml:Issuer>', `</saml:Issuer>${signature}`);
  const signature = signatureIn(signedAssertion);
  const original = without(signedAssertion);
  const id = / ID="([^"]*)"/.exec(signedAssertion)?.[1] ?? '';
  return [
    {
      name: 'XSW1: the signed message within the signature of a forged one',
      xml: evilMessage.replace(
        '</saml:Issuer>',
        `</saml:Issuer>${withIn(signatureIn(signedMessage), without(signedMessage))}`,
      ),
    },
    {
      name: 'XSW2: the signed message before the signature in a forged one',
      xml: evilMessage.replace(
        '</saml:Issuer>',
        `</saml:Issuer>${without(signedMessage)}${signatureIn(signedMessage)}`,
      ),
    },
    { name: 'XSW3: a forged assertion before the signed one', xml: message(evil + signedAssertion) },
    {
      name: 'XSW4: the signed assertion within a forged one',
      xml: message(evil.replace('</saml:Assertion>', `${signedAssertion}</saml:Assertion>`)),
    },
    {
      name: 'XSW5: the signature in a forged assertion, the original after it',
      xml: message(forgedWith(signature) + original),
    },
    {
      name: 'XSW6: the original within the signature of a forged assertion',
      xml: message(forgedWith(withIn(signature, original))),
    },
    {
      name: 'XSW7: a forged assertion in Extensions before the signed one',
      xml: message(`<samlp:Extensions>${withId(evil, id)}</samlp:Extensions>${signedAssertion}`),
    },
    {
      name: 'XSW8: the original in an Object of the signature of a forged assertion',
      xml: message(forgedWith(withIn(signature, `<ds:Object>${original}</ds:Object>`))),
    },
    { name: 'a forged assertion after the signed one', xml: message(signedAssertion + evil) },
    {
      name: 'the signed assertion in the Advice of a forged one',
      xml: message(evil.replace('<saml:Subject>', `<saml:Advice>${signedAssertion}</saml:Advice><saml:Subject>`)),
    },
    { name: 'the signature alone moved into a forged assertion', xml: message(forgedWith(signature)) },
    { name: 'a forged assertion under the ID of the signed one', xml: message(withId(forgedWith(signature), id)) },
    {
      name: 'two elements with the ID that was signed',
      xml: message(withId(forgedWith(signature), id) + original),
    },
    { name: 'the signature beside the original, a forged one in place of it', xml: message(evil + signature) },
    {
      name: 'a message that carries the signature of its assertion',
      xml: message(withId(evil)).replace('</saml:Issuer>', `</saml:Issuer>${signature}`),
    },
    {
      name: 'a forged assertion beside the one of a signed message',
      xml: signedMessage.replace('</samlp:Response>', `${evil}</samlp:Response>`),
    },
    {
      name: 'a forged assertion in place of the one of a signed message',
      xml: signedMessage.replace(ASSERTION, evil),
    },
    {
      name: 'a forged encrypted assertion beside the signed one',
      xml: message(`${signedAssertion}<saml:EncryptedAssertion>${evil}</saml:EncryptedAssertion>`),
    },
  ];
}
