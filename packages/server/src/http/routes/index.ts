import type { FastifyInstance, HTTPMethods } from 'fastify';
import type { HttpParts } from '../context.ts';
import { originOf } from '../context.ts';
import type { FaultListener } from '../errors.ts';
import { accessHandlers } from './access.ts';
import { anyAccount, ownAccount } from './account-owner.ts';
import { accountHandlers } from './accounts.ts';
import { assetHandlers } from './assets.ts';
import { authRoutes } from './auth.ts';
import { explainHandlers } from './explain.ts';
import { fileRoutes } from './files.ts';
import { graphqlRoutes } from './graphql.ts';
import { identityHandlers } from './identities.ts';
import { itemUtilityHandlers } from './item-utilities.ts';
import { type Handler, ItemHandlers } from './items.ts';
import { keyHandlers } from './keys.ts';
import { meHandlers } from './me.ts';
import { modelHandlers } from './model.ts';
import { passkeyHandlers } from './passkeys.ts';
import { providerHandlers } from './providers.ts';
import { schemaRoutes } from './schema.ts';
import { secondFactorHandlers } from './second-factor.ts';
import { serverHandlers } from './server.ts';
import { shareHandlers } from './shares.ts';
import { specHandlers } from './specs.ts';
import { transferRoutes } from './transfers.ts';
import { sessionHandlers } from './user-sessions.ts';
import { tokenHandlers } from './user-tokens.ts';
import { utilityHandlers } from './utilities.ts';
import { versionHandlers } from './versions.ts';

/**
 * What can be asked of the items of a collection: L list and SEARCH, R read one, C create, U update, D delete, of one or
 * of several. The guard is the same everywhere: who asks is known before a handler runs, and the item service decides.
 */
const SYSTEM_COLLECTIONS: readonly (readonly [path: string, collection: string, verbs: string])[] = [
  ['/access', 'directus_access', 'LRCUD'],
  ['/activity', 'directus_activity', 'LR'],
  ['/comments', 'directus_comments', 'LRCUD'],
  ['/dashboards', 'directus_dashboards', 'LRCUD'],
  ['/files', 'directus_files', 'LRD'],
  ['/flows', 'directus_flows', 'LRCUD'],
  ['/folders', 'directus_folders', 'LRCUD'],
  ['/notifications', 'directus_notifications', 'LRCUD'],
  ['/operations', 'directus_operations', 'LRCUD'],
  ['/panels', 'directus_panels', 'LRCUD'],
  ['/permissions', 'directus_permissions', 'LRCUD'],
  ['/policies', 'directus_policies', 'LRCUD'],
  ['/presets', 'directus_presets', 'LRCUD'],
  ['/revisions', 'directus_revisions', 'LR'],
  ['/roles', 'directus_roles', 'LRCUD'],
  ['/settings', 'directus_settings', 'LU'],
  ['/shares', 'directus_shares', 'LRCUD'],
  ['/translations', 'directus_translations', 'LRCUD'],
  ['/users', 'directus_users', 'LRCUD'],
  ['/versions', 'directus_versions', 'LRCUD'],
];

/** Every endpoint, in one table. */
export function routes(app: FastifyInstance, parts: HttpParts, onFault: FaultListener): void {
  const server = serverHandlers(parts);
  const me = meHandlers(parts);
  const accounts = accountHandlers(parts);
  const factors = secondFactorHandlers(parts);
  const passkeys = passkeyHandlers(parts);
  const identities = identityHandlers(parts);
  const providers = providerHandlers(parts);
  const own = accessHandlers(parts);
  const explaining = explainHandlers(parts);
  const model = modelHandlers(parts);
  const assets = assetHandlers(parts);
  const utilities = utilityHandlers(parts);
  const specs = specHandlers(parts, SYSTEM_COLLECTIONS);
  const itemUtilities = itemUtilityHandlers(parts);
  const versions = versionHandlers(parts);
  const shares = shareHandlers(parts);
  const keys = keyHandlers(parts);
  const ownSessions = sessionHandlers(parts, ownAccount);
  const sessions = sessionHandlers(parts, anyAccount(parts));
  const ownTokens = tokenHandlers(parts, ownAccount);
  const tokens = tokenHandlers(parts, anyAccount(parts));
  const add = (method: HTTPMethods, path: string, handler: Handler): void => {
    app.route({ method, url: path, handler });
  };

  // biome-ignore format: a table is read by its columns.
  const table: readonly (readonly [method: HTTPMethods, path: string, handler: Handler])[] = [
    ['GET',    '/server/health',                    server.health],
    ['GET',    '/.well-known/jwks.json',            keys.list],
    ['GET',    '/server/info',                      server.info],
    ['GET',    '/server/setup',                     accounts.awaitsSetup],
    ['POST',   '/server/setup',                     accounts.setup],
    ['GET',    '/server/specs/oas',                 specs.openApi],
    ['GET',    '/server/specs/graphql',             specs.graphql],
    ['GET',    '/server/specs/graphql/system',      specs.graphqlSystem],

    ['GET',    '/users/me',                         me.read],
    ['PATCH',  '/users/me',                         me.update],
    ['DELETE', '/users/me',                         me.delete],
    ['PATCH',  '/users/me/track/page',              me.trackPage],
    ['POST',   '/users/register',                   accounts.register],
    ['GET',    '/users/register/verify-email',      accounts.verifyEmail],
    ['POST',   '/users/invite',                     accounts.invite],
    ['POST',   '/users/invite/accept',              accounts.acceptInvite],
    ['POST',   '/auth/password/request',            accounts.requestPassword],
    ['POST',   '/auth/password/reset',              accounts.resetPassword],
    ['POST',   '/auth/email/request',               accounts.requestEmailLogin],
    ['POST',   '/auth/email/login',                 accounts.emailLogin],

    ['GET',    '/users/me/sessions',                ownSessions.list],
    ['DELETE', '/users/me/sessions',                ownSessions.endOthers],
    ['DELETE', '/users/me/sessions/:session',       ownSessions.end],
    ['GET',    '/users/:id/sessions',               sessions.list],
    ['DELETE', '/users/:id/sessions',               sessions.endOthers],
    ['DELETE', '/users/:id/sessions/:session',      sessions.end],
    ['GET',    '/users/me/tokens',                  ownTokens.list],
    ['POST',   '/users/me/tokens',                  ownTokens.create],
    ['PATCH',  '/users/me/tokens/:token',           ownTokens.rename],
    ['DELETE', '/users/me/tokens/:token',           ownTokens.delete],
    ['GET',    '/users/:id/tokens',                 tokens.list],
    ['POST',   '/users/:id/tokens',                 tokens.create],
    ['PATCH',  '/users/:id/tokens/:token',          tokens.rename],
    ['DELETE', '/users/:id/tokens/:token',          tokens.delete],

    ['GET',    '/users/me/tfa',                     factors.status],
    ['PATCH',  '/users/me/tfa',                     factors.change],
    ['POST',   '/users/me/tfa/generate',            factors.generate],
    ['POST',   '/users/me/tfa/enable',              factors.enable],
    ['POST',   '/users/me/tfa/disable',             factors.disable],
    ['POST',   '/users/me/tfa/recovery-codes',      factors.recoveryCodes],
    ['POST',   '/users/:id/tfa/disable',            factors.disableFor],

    ['POST',   '/auth/passkey/options',             passkeys.askToSignIn],
    ['POST',   '/auth/passkey/login',               passkeys.signIn],
    ['GET',    '/users/me/passkeys',                passkeys.list],
    ['POST',   '/users/me/passkeys',                passkeys.add],
    ['POST',   '/users/me/passkeys/options',        passkeys.ask],
    ['PATCH',  '/users/me/passkeys/:id',            passkeys.rename],
    ['DELETE', '/users/me/passkeys/:id',            passkeys.remove],
    ['GET',    '/users/:id/passkeys',               passkeys.listOf],
    ['DELETE', '/users/:id/passkeys/:passkey',      passkeys.removeOf],

    ['POST',   '/auth/login/handoff',               identities.redeem],
    ['GET',    '/users/me/identities',              identities.list],
    ['POST',   '/users/me/identities',              identities.link],
    ['DELETE', '/users/me/identities/:id',          identities.unlink],

    ['GET',    '/providers',                        providers.list],
    ['POST',   '/providers',                        providers.create],
    ['POST',   '/providers/test',                   providers.testDraft],
    ['GET',    '/providers/:name',                  providers.read],
    ['PATCH',  '/providers/:name',                  providers.update],
    ['DELETE', '/providers/:name',                  providers.delete],
    ['POST',   '/providers/:name/test',             providers.test],

    ['GET',    '/permissions/me',                   own.permissions],
    ['GET',    '/permissions/me/:collection',       own.reach],
    ['GET',    '/permissions/me/:collection/:id',   own.reach],
    ['GET',    '/policies/me/globals',              own.globals],
    ['GET',    '/roles/me',                         own.roles],
    ['GET',    '/access/explain',                   explaining.ask],
    ['POST',   '/access/explain',                   explaining.askWithBody],
    ['POST',   '/access/preview',                   own.preview],

    ['GET',    '/collections',                      model.collections.list],
    ['POST',   '/collections',                      model.collections.create],
    ['PATCH',  '/collections',                      model.collections.updateMany],
    ['GET',    '/collections/:collection',          model.collections.read],
    ['PATCH',  '/collections/:collection',          model.collections.update],
    ['DELETE', '/collections/:collection',          model.collections.delete],
    ['GET',    '/fields',                           model.fields.list],
    ['GET',    '/fields/:collection',               model.fields.list],
    ['POST',   '/fields/:collection',               model.fields.create],
    ['PATCH',  '/fields/:collection',               model.fields.updateMany],
    ['GET',    '/fields/:collection/:field',        model.fields.read],
    ['PATCH',  '/fields/:collection/:field',        model.fields.update],
    ['DELETE', '/fields/:collection/:field',        model.fields.delete],
    ['GET',    '/relations',                        model.relations.list],
    ['GET',    '/relations/:collection',            model.relations.list],
    ['POST',   '/relations',                        model.relations.create],
    ['GET',    '/relations/:collection/:field',     model.relations.read],
    ['PATCH',  '/relations/:collection/:field',     model.relations.update],
    ['DELETE', '/relations/:collection/:field',     model.relations.delete],

    ['POST',   '/versions/:id/save',                versions.save],
    ['GET',    '/versions/:id/compare',             versions.compare],
    ['POST',   '/versions/:id/promote',             versions.promote],

    ['GET',    '/shares/info/:id',                  shares.info],
    ['POST',   '/shares/auth',                      shares.auth],

    ['GET',    '/assets/:id',                       assets.send],
    ['GET',    '/assets/:id/:name',                 assets.send],

    ['GET',    '/utils/random/string',              utilities.randomString],
    ['POST',   '/utils/hash/generate',              utilities.generateHash],
    ['POST',   '/utils/hash/verify',                utilities.verifyHash],
    ['POST',   '/utils/sort/:collection',           itemUtilities.sort],
    ['POST',   '/utils/revert/:revision',           itemUtilities.revert],
    ['POST',   '/utils/cache/clear',                itemUtilities.clearCache],
  ];
  for (const [method, path, handler] of table) add(method, path, handler);

  addItems(add, '/items/:collection', new ItemHandlers(parts, null), 'LRCUD');
  for (const [path, collection, verbs] of SYSTEM_COLLECTIONS) {
    addItems(add, path, new ItemHandlers(parts, collection), verbs);
  }

  graphqlRoutes(app, parts, onFault);
  app.register((scope) => schemaRoutes(scope, parts));
  app.register(async (scope) => fileRoutes(scope, parts));
  app.register(async (scope) => transferRoutes(scope, parts));

  authRoutes(app, {
    auth: parts.auth,
    cookies: parts.cookies,
    clock: parts.clock,
    settings: parts.config,
    originOf: (request) => originOf(request, parts.config),
  });
}

function addItems(
  add: (method: HTTPMethods, path: string, handler: Handler) => void,
  path: string,
  items: ItemHandlers,
  verbs: string,
): void {
  const one = `${path}/:id`;
  const singleton = verbs === 'LU';
  if (verbs.includes('L')) add('GET', path, items.list);
  if (verbs.includes('L') && !singleton) add('SEARCH', path, items.search);
  if (verbs.includes('R')) add('GET', one, items.read);
  if (verbs.includes('C')) add('POST', path, items.create);
  if (verbs.includes('U')) add('PATCH', path, items.updateMany);
  if (verbs.includes('U') && !singleton) add('PATCH', one, items.update);
  if (verbs.includes('D')) add('DELETE', path, items.deleteMany);
  if (verbs.includes('D')) add('DELETE', one, items.delete);
}
