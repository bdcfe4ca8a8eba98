import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { type Config, ConfigError, loadConfig } from '../../src/config/index.ts';
import { SECTIONS, SETTINGS } from '../../src/config/settings/index.ts';
import { PLANNED } from '../../src/config/settings/planned.ts';

const folders: string[] = [];
let cwd = '';

beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'limen-config-'));
  folders.push(cwd);
});
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

const load = (env: Record<string, string> = {}): Config => loadConfig({ env, cwd });

function problems(env: Record<string, string>): readonly string[] {
  try {
    load(env);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems.map(({ setting, message }) => `${setting}: ${message}`);
    throw error;
  }
  return [];
}

function file(name: string, content: string): string {
  writeFileSync(join(cwd, name), content);
  return name;
}

describe('with nothing set', () => {
  it('is a SQLite project in ./data on port 8055', () => {
    const config = load();
    expect(config.db).toEqual({ client: 'sqlite', filename: join(cwd, 'data/limen.db') });
    expect(config.dataFolder).toBe(join(cwd, 'data'));
    expect(config.publicUrl).toBe('http://localhost:8055');
    expect(config.secret).toBeUndefined();
    expect(config.warnings).toEqual([]);
  });

  it('has the documented times, sizes and limits in their units', () => {
    expect(load()).toMatchObject({
      accessTokenTtlMs: 900_000,
      refreshTokenTtlMs: 604_800_000,
      sessionCookieTtlMs: 86_400_000,
      sessionRefreshGracePeriodMs: 10_000,
      refreshTokenGracePeriodMs: 0,
      loginStallTimeMs: 500,
      maxPayloadSizeBytes: 1_048_576,
      maxBatchMutation: Number.POSITIVE_INFINITY,
      queryLimitDefault: 100,
      queryLimitMax: null,
      sessionCookieName: 'directus_session_token',
      sessionCookieSameSite: 'lax',
      ipTrustProxy: false,
      ipCustomHeader: null,
      hashMemoryCostKib: 19_456,
      hashTimeCost: 2,
      hashParallelism: 1,
      hashType: 2,
      websocketsEnabled: true,
      rateLimiterWebsocketsPoints: 50,
    });
  });

  it('is frozen to the bottom', () => {
    const config = load({ AUTH_PROVIDERS: 'office', AUTH_OFFICE_DRIVER: 'local' });
    expect(Object.isFrozen(config)).toBe(true);
    expect(Object.isFrozen(config.db)).toBe(true);
    expect(Object.isFrozen(config.authProviders[0]?.options)).toBe(true);
  });
});

describe('sources', () => {
  it('prefers the environment to the file, and NAME_FILE to NAME within each', () => {
    file('.env', 'PORT=1\nHOST=from-file\nSECRET=of-the-file\n');
    file('token', 'from-a-secret-file\n');
    const config = load({ PORT: '2', ADMIN_TOKEN: 'plain', ADMIN_TOKEN_FILE: 'token', SECRET: 'of-the-environment' });
    expect(config).toMatchObject({
      port: 2,
      host: 'from-file',
      adminToken: 'from-a-secret-file',
      secret: 'of-the-environment',
    });
  });

  it('prefers a plain value of the environment to NAME_FILE of the file', () => {
    file('secret', 'from-the-secret-file');
    file('.env', 'SECRET_FILE=secret\n');
    expect(load().secret).toBe('from-the-secret-file');
    expect(load({ SECRET: 'from-the-environment' }).secret).toBe('from-the-environment');
  });

  it.each([
    ['settings.json', '{ "PORT": 9000, "CORS_ORIGIN": ["https://a.example"], "SERVE_APP": false }'],
    ['settings.yaml', 'PORT: 9000\nCORS_ORIGIN:\n  - https://a.example\nSERVE_APP: false\n'],
    ['settings.env', 'PORT=9000\nCORS_ORIGIN="https://a.example"\nSERVE_APP=false\n'],
    ['settings.mjs', 'export default { PORT: 9000, CORS_ORIGIN: "https://a.example", SERVE_APP: false };'],
    [
      'settings.cjs',
      'module.exports = (env) => ({ PORT: env.BASE, CORS_ORIGIN: "https://a.example", SERVE_APP: "false" });',
    ],
  ])('reads %s', (name, content) => {
    const config = load({ CONFIG_PATH: file(name, content), BASE: '9000' });
    expect(config).toMatchObject({ port: 9000, corsOrigin: ['https://a.example'], serveApp: false });
  });

  it('takes an empty value as none, and string: as an empty text', () => {
    expect(load({ PORT: '', ROBOTS_TXT: 'string:' })).toMatchObject({ port: 8055, robotsTxt: '' });
  });

  it.each([
    [{ CONFIG_PATH: 'absent.json' }, /^CONFIG_PATH: .*absent\.json cannot be read/],
    [{ SECRET_FILE: 'absent' }, /^SECRET_FILE: absent cannot be read/],
  ])('names a file that is missing: %o', (env, message) => {
    expect(problems(env)).toEqual([expect.stringMatching(message)]);
  });

  it.each([
    ['broken.json', '{'],
    ['list.json', '[1]'],
    ['broken.yaml', 'a: [1'],
    ['thrower.mjs', 'throw new Error("no")'],
    ['text.js', 'module.exports = 3'],
  ])('refuses %s', (name, content) => {
    expect(problems({ CONFIG_PATH: file(name, content) })).toEqual([expect.stringContaining('CONFIG_PATH')]);
  });
});

describe('casting prefixes', () => {
  it('says what a value is', () => {
    const config = load({
      HOST: 'string:json:1',
      PORT: 'number:8056',
      CORS_ORIGIN: 'regex:/\\.example$/i',
      CORS_METHODS: 'json:["GET","SEARCH"]',
      HSTS_MAX_AGE: '31536000',
      HSTS_PRELOAD: 'true',
      HSTS_NOTE: 'string:1',
    });
    expect(config).toMatchObject({ host: 'json:1', port: 8056, corsMethods: ['GET', 'SEARCH'] });
    expect(config.corsOrigin).toEqual([/\.example$/i]);
    expect(config.hsts).toEqual({ maxAge: 31_536_000, preload: true, note: '1' });
  });

  it.each(['number:', 'number:x', 'json:{', 'regex:(', 'regex:/a/zz'])('refuses %s', (value) => {
    expect(problems({ PORT: value })).toHaveLength(1);
  });

  it('goes a level down with two underscores', () => {
    const config = load({ CONTENT_SECURITY_POLICY_DIRECTIVES__FRAME_SRC: 'json:["\'self\'"]' });
    expect(config.contentSecurityPolicy).toEqual({ directives: { frameSrc: ["'self'"] } });
  });

  it('keeps prototypes out of nested options', () => {
    expect(problems({ HSTS___PROTO____X: '1' })).toHaveLength(1);
    expect(problems({ HSTS_CONSTRUCTOR__X: '1' })).toEqual(['HSTS_CONSTRUCTOR__X: is not the name of an option']);
  });
});

describe('families', () => {
  it('gathers PostgreSQL from single values', () => {
    file('ca.pem', 'certificate\n');
    const config = load({
      DB_CLIENT: 'pg',
      DB_HOST: 'db',
      DB_PORT: '6543',
      DB_DATABASE: 'app',
      DB_USER: 'me',
      DB_PASSWORD: '',
      DB_POOL__MAX: '4',
      DB_SSL__CA_FILE: 'ca.pem',
      DB_SSL__REJECT_UNAUTHORIZED: 'true',
    });
    expect(config.db).toEqual({
      client: 'pg',
      host: 'db',
      port: 6543,
      database: 'app',
      user: 'me',
      ssl: { ca: 'certificate', rejectUnauthorized: true },
      poolMax: 4,
      connectTimeoutMs: 10_000,
      statementTimeoutMs: 30_000,
    });
    expect(config.warnings).toEqual([]);
  });

  it('takes an address as it is', () => {
    const address = 'postgres://u:p@h:1/d';
    expect(load({ DB_CONNECTION_STRING: address }).db).toMatchObject({ client: 'pg', connectionString: address });
  });

  it('does not open an empty SQLite file for a project that forgot its client', () => {
    expect(problems({ DB_HOST: 'db' })).toEqual([expect.stringContaining('DB_CLIENT')]);
    expect(problems({ DB_CLIENT: 'pg' })).toEqual([expect.stringContaining('DB_DATABASE')]);
    expect(problems({ DB_CLIENT: 'mysql' })).toEqual([expect.stringContaining('got "mysql", takes sqlite3, pg')]);
  });

  it('gathers providers in their order', () => {
    const { authProviders, warnings } = load({
      AUTH_PROVIDERS: 'club, office',
      AUTH_CLUB_DRIVER: 'openid',
      AUTH_CLUB_CLIENT_ID: 'id',
      AUTH_CLUB_CLIENT_SECRET: 'hush',
      AUTH_CLUB_CLIENT_TOKEN_ENDPOINT_AUTH_METHOD: 'client_secret_post',
      AUTH_CLUB_ISSUER_URL: 'https://idp.example/',
      AUTH_CLUB_LABEL: 'The Club',
      AUTH_CLUB_PARAMS: 'json:{"hd":"club.example"}',
      AUTH_OFFICE_DRIVER: 'local',
    });
    expect(authProviders.map(({ name, driver, label, icon }) => ({ name, driver, label, icon }))).toEqual([
      { name: 'club', driver: 'openid', label: 'The Club', icon: undefined },
      { name: 'office', driver: 'local', label: undefined, icon: undefined },
    ]);
    expect(authProviders[0]?.options).toMatchObject({
      scope: 'openid profile email',
      identifierKey: 'sub',
      params: { hd: 'club.example' },
    });
    expect(authProviders[0]?.client).toEqual({ tokenEndpointAuthMethod: 'client_secret_post' });
    expect(warnings).toEqual([]);
  });

  it('refuses mappings that map to nothing', () => {
    const club = {
      AUTH_PROVIDERS: 'club',
      AUTH_CLUB_DRIVER: 'openid',
      AUTH_CLUB_CLIENT_ID: 'id',
      AUTH_CLUB_ISSUER_URL: 'https://idp.example/',
    };
    const role = '4f0c1a52-6a0e-4a52-9d8e-0d6a31f3a001';
    for (const mapping of ['json:{"staff":"editors"}', 'json:{"staff":null}', `json:{"staff":["${role}"]}`]) {
      expect(problems({ ...club, AUTH_CLUB_ROLE_MAPPING: mapping })).toEqual([
        expect.stringContaining('AUTH_CLUB_ROLE_MAPPING: takes an object with the ids of roles'),
      ]);
    }
    expect(load({ ...club, AUTH_CLUB_ROLE_MAPPING: `json:{"staff":"${role}"}` }).authProviders).toHaveLength(1);
  });

  it('names what a provider lacks', () => {
    expect(problems({ AUTH_PROVIDERS: 'a,b,A', AUTH_B_DRIVER: 'saml' })).toEqual([
      'AUTH_A_DRIVER: is not given; takes local, oauth2, openid, ldap or saml',
      'AUTH_B_SP_metadata: is not given; the driver saml needs it',
      'AUTH_B_IDP_metadata: is not given; the driver saml needs it',
      'AUTH_PROVIDERS: names "A" twice',
    ]);
  });

  it('gathers storage locations', () => {
    const cloud = { STORAGE_CLOUD_KEY: 'key', STORAGE_CLOUD_SECRET: 'secret', STORAGE_CLOUD_BUCKET: 'bucket' };
    expect(
      load({ STORAGE_LOCATIONS: 'local,cloud', STORAGE_CLOUD_DRIVER: 's3', STORAGE_LOCAL_ROOT: './f', ...cloud })
        .storage,
    ).toMatchObject([
      { name: 'local', driver: 'local', root: './f' },
      { name: 'cloud', driver: 's3', bucket: 'bucket' },
    ]);
  });

  it('names what a storage location lacks, and drivers that this version does not have', () => {
    expect(
      problems({ STORAGE_LOCATIONS: 'cloud,blob', STORAGE_CLOUD_DRIVER: 's3', STORAGE_BLOB_DRIVER: 'azure' }),
    ).toEqual([
      'STORAGE_CLOUD_KEY: is not given; the driver s3 needs it',
      'STORAGE_CLOUD_SECRET: is not given; the driver s3 needs it',
      'STORAGE_CLOUD_BUCKET: is not given; the driver s3 needs it',
      'STORAGE_BLOB_DRIVER: got azure, which comes with a later version; takes local or s3 in this one',
    ]);
  });
});

describe('errors', () => {
  it('lists all wrong values at once, without the secret ones', () => {
    const found = problems({
      PORT: 'eighty',
      ACCESS_TOKEN_TTL: '15 parsecs',
      MAX_PAYLOAD_SIZE: '-1',
      ADMIN_TOKEN: 'a secret with spaces',
      HASH_ASSOCIATED_DATA: 'salty',
      SESSION_COOKIE_SAME_SITE: 'sometimes',
    });
    expect(found.map((line) => line.split(':')[0]).sort()).toEqual([
      'ACCESS_TOKEN_TTL',
      'ADMIN_TOKEN',
      'HASH_ASSOCIATED_DATA',
      'MAX_PAYLOAD_SIZE',
      'PORT',
      'SESSION_COOKIE_SAME_SITE',
    ]);
    expect(found).toContain('PORT: got "eighty", takes a whole number from 0 to 65535');
    expect(found.join('\n')).not.toMatch(/secret with spaces|salty/);
  });

  it('throws nothing but ConfigError, whatever the environment holds', () => {
    const names = [
      ...SECTIONS.flatMap(({ settings }) => Object.values(settings).map(({ name }) => name)),
      'CONFIG_PATH',
    ]
      .map((name) => name.replace(/<[A-Z]+>/, 'CLUB'))
      .flatMap((name) => [name, `${name}_FILE`]);
    const value = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom(
        '',
        '-1',
        'Infinity',
        'true',
        'club',
        '1e9',
        'json:[{}]',
        'json:null',
        'regex:[',
        '__proto__',
        '0x1f',
      ),
      fc.tuple(fc.constantFrom('string:', 'number:', 'regex:', 'json:'), fc.string()).map((parts) => parts.join('')),
    );
    const nested = fc
      .tuple(fc.constantFrom('DB_SSL__', 'HSTS_', 'EMAIL_SES_', 'AUTH_CLUB_CLIENT_'), fc.string())
      .map((parts) => parts.join(''));
    const environment = fc.dictionary(fc.oneof(fc.constantFrom(...names), nested, fc.string()), value, { maxKeys: 12 });
    fc.assert(
      fc.property(environment, (env) => {
        try {
          loadConfig({ env, cwd });
        } catch (error) {
          if (!(error instanceof ConfigError)) throw error;
        }
      }),
      { numRuns: 3_000 },
    );
  });
});

describe('warnings', () => {
  it('asks back for names of a known family', () => {
    expect(
      load({ SESSION_COOKIE_NAM: 'x', PATH: '/bin', LANG: 'C', USER: 'me', HOSTNAME: 'h', npm_config_x: '1' }).warnings,
    ).toEqual(['SESSION_COOKIE_NAM in the environment is not a setting. Did you mean SESSION_COOKIE_NAME?']);
  });

  it('asks back for near misses in a configuration file only', () => {
    file('.env', 'PUBLIC_ULR=http://x.example\nMY_OWN=1\n');
    expect(load({ SECRETS: 'x' }).warnings).toEqual([
      expect.stringMatching(/^PUBLIC_ULR in .*\.env is not a setting. Did you mean PUBLIC_URL\?$/),
    ]);
  });

  it.each([
    [{ SESSION_COOKIE_SAME_SITE: 'none' }, 'SESSION_COOKIE_SECURE'],
    [{ REFRESH_TOKEN_COOKIE_SAME_SITE: 'none' }, 'REFRESH_TOKEN_COOKIE_SECURE'],
    [{ REFRESH_TOKEN_TTL: '4s' }, 'REFRESH_TOKEN_TTL'],
    [{ ACCESS_TOKEN_TTL: '2d' }, 'ACCESS_TOKEN_TTL'],
    [{ SECRET: 'short' }, 'SECRET'],
    [{ ADMIN_TOKEN: 'short' }, 'ADMIN_TOKEN'],
    [{ PUBLIC_URL: 'https://a.example', REFRESH_TOKEN_COOKIE_SECURE: 'true' }, 'SESSION_COOKIE_SECURE'],
    [{ HASH_MEMORY_COST: '4096', HASH_TIME_COST: '3' }, 'HASH_MEMORY_COST'],
    [{ CORS_ENABLED: 'true', CORS_ORIGIN: 'true' }, 'CORS_ORIGIN'],
    [
      { AUTH_PROVIDERS: 'd', AUTH_D_DRIVER: 'ldap', AUTH_D_CLIENT_URL: 'ldap://x.example', AUTH_D_USER_DN: 'dc=x' },
      'CLIENT_START_TLS',
    ],
  ])('speaks of %o', (env, name) => {
    expect(load(env).warnings.filter((warning) => !warning.includes('comes with a later version'))).toEqual([
      expect.stringContaining(name),
    ]);
  });

  it('speaks once of what has no effect yet, and not of what is switched off or as by default', () => {
    const planned = Object.values(SETTINGS).find(({ name, kind }) => PLANNED.has(name) && kind.name === 'boolean');
    if (planned === undefined) return;
    const unlike = planned.default === 'true' ? 'false' : 'true';
    expect(load({ [planned.name]: 'true' }).warnings).toHaveLength(unlike === 'true' ? 1 : 0);
    expect(load({ [planned.name]: 'false' }).warnings).toEqual([]);
  });
});

describe('the description', () => {
  it('has every setting once in the reference, with help and a default that it accepts', () => {
    const described = SECTIONS.flatMap(({ settings }) => Object.values(settings));
    for (const { name, help, kind, default: fallback } of described) {
      expect(help, name).toMatch(/\.$/);
      if (fallback !== undefined) expect(() => kind.parse(fallback), name).not.toThrow();
    }
    const names = new Set(described.map(({ name }) => name));
    for (const { name } of Object.values(SETTINGS)) expect(names).toContain(name);
  });
});
