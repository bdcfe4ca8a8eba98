import { boolean, json, listOf, oneOf, text, textLike, url } from '../kinds.ts';
import { setting } from '../setting.ts';

const issuerName = textLike('issuer name', 'names of letters, digits and _', /^[a-z0-9][a-z0-9_]*$/i);

export const tokenIssuerNames = {
  tokenIssuerNames: setting('TOKEN_ISSUERS', listOf(issuerName), {
    default: '',
    help: 'Names of other issuers whose access tokens (JWTs) count here. In the names of their settings they are in upper case.',
  }),
};

/** Of every issuer. */
export const tokenIssuer = {
  issuer: setting('TOKEN_ISSUER_<ISSUER>_ISSUER', text, { help: 'The claim `iss` of its tokens, exactly. Required.' }),
  jwksUrl: setting('TOKEN_ISSUER_<ISSUER>_JWKS_URL', url, { help: 'Where its public keys are. Required.' }),
  audience: setting('TOKEN_ISSUER_<ISSUER>_AUDIENCE', listOf(text), {
    default: '',
    help: 'One of these has to be in the claim `aud`, so that tokens made for others do not count here. Required.',
  }),
  algorithms: setting('TOKEN_ISSUER_<ISSUER>_ALGORITHMS', listOf(oneOf(['RS256', 'PS256', 'ES256', 'EdDSA'])), {
    default: 'RS256,PS256,ES256,EdDSA',
    help: 'The only algorithms that count.',
  }),
  userClaim: setting('TOKEN_ISSUER_<ISSUER>_USER_CLAIM', text, {
    default: 'sub',
    help: 'Claim that says who it is.',
  }),
  userField: setting('TOKEN_ISSUER_<ISSUER>_USER_FIELD', oneOf(['external_identifier', 'id', 'email']), {
    default: 'external_identifier',
    help: 'What that claim is compared with. `external_identifier` finds users of the provider named like the issuer; `email` needs the claim `email_verified` and finds users of any provider.',
  }),
  createUsers: setting('TOKEN_ISSUER_<ISSUER>_CREATE_USERS', boolean, {
    default: 'false',
    help: 'Whether somebody unknown becomes a user when ROLE_MAPPING gives them a role; with `external_identifier` only.',
  }),
  roleClaim: setting('TOKEN_ISSUER_<ISSUER>_ROLE_CLAIM', text, {
    default: 'groups',
    help: 'Claim, a text or a list, that ROLE_MAPPING is about.',
  }),
  roleMapping: setting('TOKEN_ISSUER_<ISSUER>_ROLE_MAPPING', json, {
    help: 'Value of that claim → id of a role, in place of the role of the user; the first that matches wins.',
  }),
};
