import {
  attributeOf,
  childNamed,
  childrenNamed,
  elementsIn,
  isNamed,
  requiredChild,
  SamlError,
  textOf,
} from './elements.ts';
import type { XmlElement } from './xml.ts';

const BEARER = 'urn:oasis:names:tc:SAML:2.0:cm:bearer';
const ENTITY = 'urn:oasis:names:tc:SAML:2.0:nameid-format:entity';
/** Milliseconds that two clocks may differ by. */
export const CLOCK_SKEW_MS = 60_000;

/** What an assertion has to say to count here and now. */
export interface Expected {
  /** Entity id of who has to have issued it. */
  readonly issuer: string;
  /** Entity id of who it has to be for. */
  readonly audience: string;
  /** Where it has to have been posted to. */
  readonly consumerUrl: string;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** Whether this names a request of ours to this provider that is not too old. */
  isOwnRequest(id: string): boolean;
  /** Whether an answer without a request counts. */
  readonly unsolicited: boolean;
}

export interface Assertion {
  readonly id: string;
  readonly issuer: string;
  /** The request that it answers, null for none. */
  readonly inResponseTo: string | null;
  /** When it stops counting, in milliseconds since 1970, with clocks apart. */
  readonly expires: number;
  readonly attributes: ReadonlyMap<string, readonly string[]>;
  /** What the provider calls the person, and the session there; null where it does not say, or not legibly. */
  readonly nameId: NameId | null;
  readonly sessionIndex: string | null;
}

/** A name with what it is a name among (SAML core §2.2.2). */
export interface NameId {
  readonly value: string;
  readonly qualifiers: Readonly<Partial<Record<(typeof QUALIFIERS)[number], string>>>;
}

const QUALIFIERS = ['Format', 'NameQualifier', 'SPNameQualifier'] as const;

/**
 * Reads an assertion that was proven to be signed (SAML core §2.3.3, profiles §4.1.4). Throws SamlError where it is not for
 * here, not for now, or not an answer to us.
 */
export function readAssertion(assertion: XmlElement, expected: Expected): Assertion {
  if (!isNamed(assertion, 'assertion', 'Assertion')) throw new SamlError('What was signed is no assertion.');
  const id = attributeOf(assertion, 'ID');
  if (!id || attributeOf(assertion, 'Version') !== '2.0') throw new SamlError('The assertion is not of SAML 2.0.');
  if (instant(assertion, 'IssueInstant', 'required') > expected.now + CLOCK_SKEW_MS) {
    throw new SamlError('The assertion is of the future.');
  }
  requireIssuer(requiredChild(assertion, 'assertion', 'Issuer'), expected.issuer);
  const subject = requiredChild(assertion, 'assertion', 'Subject');
  const confirmed = confirmation(subject, expected);
  requireConditions(requiredChild(assertion, 'assertion', 'Conditions'), expected);
  requireLogin(assertion, expected);
  const names = { nameId: nameIdIn(subject), sessionIndex: sessionIndexIn(assertion) };
  return { id, issuer: expected.issuer, ...confirmed, attributes: attributesOf(assertion), ...names };
}

/** The NameID of a subject or a request, or null. */
export function nameIdIn(element: XmlElement): NameId | null {
  const name = childNamed(element, 'assertion', 'NameID');
  if (!name) return null;
  const given = QUALIFIERS.flatMap((qualifier) => {
    const value = attributeOf(name, qualifier);
    return value === null ? [] : [[qualifier, value] as const];
  });
  return { value: textOf(name), qualifiers: Object.fromEntries(given) };
}

function sessionIndexIn(assertion: XmlElement): string | null {
  const indexes = childrenNamed(assertion, 'assertion', 'AuthnStatement').map((one) =>
    attributeOf(one, 'SessionIndex'),
  );
  return indexes.find((index) => index !== null) ?? null;
}

export function requireIssuer(issuer: XmlElement, entityId: string): void {
  const format = attributeOf(issuer, 'Format');
  if (textOf(issuer) !== entityId || (format !== null && format !== ENTITY)) {
    throw new SamlError('The issuer is somebody else.');
  }
}

/** The bearer confirmation that holds: one is enough. */
function confirmation(subject: XmlElement, expected: Expected): Pick<Assertion, 'inResponseTo' | 'expires'> {
  const reasons: string[] = [];
  for (const one of childrenNamed(subject, 'assertion', 'SubjectConfirmation')) {
    if (attributeOf(one, 'Method') !== BEARER) continue;
    const held = confirmationFault(requiredChild(one, 'assertion', 'SubjectConfirmationData'), expected);
    if (typeof held !== 'string') return held;
    reasons.push(held);
  }
  throw new SamlError(reasons[0] ?? 'The subject is not confirmed for who brings it.');
}

function confirmationFault(
  confirmed: XmlElement,
  { consumerUrl, now, isOwnRequest, unsolicited }: Expected,
): Pick<Assertion, 'inResponseTo' | 'expires'> | string {
  if (attributeOf(confirmed, 'Recipient') !== consumerUrl) return 'The recipient is somebody else.';
  if (attributeOf(confirmed, 'NotBefore') !== null) return 'A bearer confirmation has no NotBefore.';
  const expires = instant(confirmed, 'NotOnOrAfter', 'required') + CLOCK_SKEW_MS;
  if (now >= expires) return 'The confirmation has expired.';
  const inResponseTo = attributeOf(confirmed, 'InResponseTo');
  if (inResponseTo === null && !unsolicited) return 'The assertion answers no request.';
  if (inResponseTo !== null && !isOwnRequest(inResponseTo)) return 'The assertion answers a request that was not ours.';
  return { inResponseTo, expires };
}

function requireConditions(conditions: XmlElement, { audience, now }: Expected): void {
  requireTimes(conditions, now);
  const restrictions = childrenNamed(conditions, 'assertion', 'AudienceRestriction');
  const others = elementsIn(conditions).filter(
    (one) => !['AudienceRestriction', 'OneTimeUse', 'ProxyRestriction'].some((name) => isNamed(one, 'assertion', name)),
  );
  if (others.length > 0) throw new SamlError('A condition is not understood.');
  const isFor = (restriction: XmlElement) =>
    childrenNamed(restriction, 'assertion', 'Audience').some((one) => textOf(one) === audience);
  if (restrictions.length === 0 || !restrictions.every(isFor)) throw new SamlError('The audience is somebody else.');
}

function requireTimes(conditions: XmlElement, now: number): void {
  const [from, until] = [instant(conditions, 'NotBefore'), instant(conditions, 'NotOnOrAfter')];
  if (from !== null && now < from - CLOCK_SKEW_MS) throw new SamlError('The assertion does not count yet.');
  if (until !== null && now >= until + CLOCK_SKEW_MS) throw new SamlError('The assertion has expired.');
}

function requireLogin(assertion: XmlElement, { now }: Expected): void {
  const statements = childrenNamed(assertion, 'assertion', 'AuthnStatement');
  if (statements.length === 0) throw new SamlError('The assertion does not say that anybody signed in.');
  for (const statement of statements) {
    const until = instant(statement, 'SessionNotOnOrAfter');
    if (until !== null && now >= until + CLOCK_SKEW_MS) throw new SamlError('The session at the provider has ended.');
  }
}

function attributesOf(assertion: XmlElement): Map<string, readonly string[]> {
  const attributes = new Map<string, string[]>();
  for (const statement of childrenNamed(assertion, 'assertion', 'AttributeStatement')) {
    for (const attribute of childrenNamed(statement, 'assertion', 'Attribute')) {
      const name = attributeOf(attribute, 'Name') ?? '';
      const values = childrenNamed(attribute, 'assertion', 'AttributeValue').flatMap(textsIn);
      attributes.set(name, [...(attributes.get(name) ?? []), ...values]);
    }
  }
  return attributes;
}

/** Text, or the text of a NameID (as eduPersonTargetedID has it). */
function textsIn(value: XmlElement): string[] {
  if (elementsIn(value).length === 0) return [textOf(value)];
  const name = childNamed(value, 'assertion', 'NameID');
  return name && elementsIn(value).length === 1 ? [textOf(name)] : [];
}

/** xs:dateTime in UTC (SAML core §1.3.3). */
const DATE_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|\+00:00)$/;

export function instant(element: XmlElement, name: string, need: 'required'): number;
export function instant(element: XmlElement, name: string): number | null;
export function instant(element: XmlElement, name: string, need?: 'required'): number | null {
  const text = attributeOf(element, name);
  if (text === null && need !== 'required') return null;
  const ms = text !== null && DATE_TIME.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(ms)) throw new SamlError(`${name} is no moment.`);
  return ms;
}
