import { spawn, spawnSync } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { chmodSync, copyFileSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { Attribute, Change, Client } from 'ldapts';
import { certificateOf, pemOf } from '../certificate.ts';
import { temporaryFolder } from '../store/databases.ts';

const PROGRAM = ['/usr/sbin/slapd', '/usr/libexec/slapd', '/usr/lib/openldap/slapd'].find(existsSync);
export const SUFFIX = 'dc=library,dc=org';
export const READER = { dn: `cn=reader,${SUFFIX}`, password: 'reader-secret' };
const ROOT = { dn: `cn=root,${SUFFIX}`, password: 'root-secret' };

/**
 * Whether a real directory can be asked. Without OpenLDAP its tests are skipped, and say so loudly; in continuous
 * integration (`CI`) they fail, because there skipping would look like passing.
 */
export function hasOpenLdap(): boolean {
  if (PROGRAM === undefined && !process.env.CI) {
    process.stderr.write(
      '\n!!! OPENLDAP IS MISSING: sign-on with a directory was NOT tested; install the package `slapd`.\n\n',
    );
  }
  return PROGRAM !== undefined || Boolean(process.env.CI);
}

export interface OpenLdap {
  /** ldap:// */
  readonly url: string;
  /** ldaps:// */
  readonly secureUrl: string;
  /** PEM of who vouches for its certificate. */
  readonly authority: string;
  add(dn: string, attributes: Readonly<Record<string, string | readonly string[]>>): Promise<void>;
  /** null takes an attribute away. */
  change(dn: string, attributes: Readonly<Record<string, string | readonly string[] | null>>): Promise<void>;
  remove(dn: string): Promise<void>;
  /** Stops answering, without ending connections, until `go`. */
  pause(): void;
  go(): void;
  stop(): Promise<void>;
}

/** Attributes as Active Directory has them, which OpenLDAP does not know by itself. */
const SCHEMA = `attributetype ( 1.2.840.113556.1.4.8 NAME 'userAccountControl' EQUALITY integerMatch SYNTAX 1.3.6.1.4.1.1466.115.121.1.27 SINGLE-VALUE )
objectclass ( 1.3.6.1.4.1.99999.1 NAME 'account2' SUP top AUXILIARY MAY ( userAccountControl $ uid $ mail ) )`;

function configuration(folder: string): string {
  const schemas = ['core', 'cosine', 'nis', 'inetorgperson'].map((name) => `include /etc/ldap/schema/${name}.schema`);
  return `${schemas.join('\n')}
${SCHEMA}
pidfile ${folder}/slapd.pid
modulepath /usr/lib/ldap
moduleload back_mdb
TLSCertificateFile ${folder}/cert.pem
TLSCertificateKeyFile ${folder}/key.pem
database mdb
maxsize 16777216
suffix "${SUFFIX}"
rootdn "${ROOT.dn}"
rootpw ${ROOT.password}
directory ${folder}/data
access to attrs=userPassword by anonymous auth by * none
access to * by dn.exact="${READER.dn}" read by * none
`;
}

export async function startOpenLdap(): Promise<OpenLdap> {
  if (PROGRAM === undefined) throw new Error('OpenLDAP is missing: install the package `slapd`.');
  const folder = temporaryFolder();
  mkdirSync(join(folder.path, 'data'));
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const authority = pemOf(certificateOf(privateKey, 'directory'));
  writeFileSync(join(folder.path, 'key.pem'), privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 });
  writeFileSync(join(folder.path, 'cert.pem'), authority);
  writeFileSync(join(folder.path, 'slapd.conf'), configuration(folder.path));
  const [port, securePort] = [await freePort(), await freePort()];
  const [url, secureUrl] = [`ldap://127.0.0.1:${port}`, `ldaps://127.0.0.1:${securePort}`];
  // AppArmor of some distributions lets the program, where it is installed, read its own folders alone.
  const program = join(folder.path, 'slapd');
  copyFileSync(PROGRAM, program);
  chmodSync(program, 0o700);
  const check = spawnSync(program, ['-T', 'test', '-f', join(folder.path, 'slapd.conf'), '-u'], { encoding: 'utf8' });
  if (check.status !== 0) throw new Error(`slapd refuses its configuration: ${check.stderr}`);
  const child = spawn(program, ['-h', `${url} ${secureUrl}`, '-f', join(folder.path, 'slapd.conf'), '-d', '0'], {
    stdio: 'ignore',
  });
  const asRoot = async (work: (client: Client) => Promise<unknown>) => {
    const client = new Client({ url });
    try {
      await client.bind(ROOT.dn, ROOT.password);
      await work(client);
    } finally {
      await client.unbind();
    }
  };
  const directory: OpenLdap = {
    url,
    secureUrl,
    authority,
    add: (dn, attributes) => asRoot((client) => client.add(dn, attributes as Record<string, string[]>)),
    change: (dn, attributes) =>
      asRoot((client) =>
        client.modify(
          dn,
          Object.entries(attributes).map(([type, value]) => changeOf(type, value)),
        ),
      ),
    remove: (dn) => asRoot((client) => client.del(dn)),
    pause: () => void child.kill('SIGSTOP'),
    go: () => void child.kill('SIGCONT'),
    async stop() {
      child.kill('SIGCONT');
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGKILL');
      await ended;
      folder.remove();
    },
  };
  await reachable(() => asRoot(async () => undefined));
  await directory.add(SUFFIX, { objectClass: ['top', 'dcObject', 'organization'], dc: 'library', o: 'Library' });
  await directory.add(READER.dn, {
    objectClass: ['organizationalRole', 'simpleSecurityObject'],
    userPassword: READER.password,
  });
  return directory;
}

const changeOf = (type: string, value: string | readonly string[] | null): Change =>
  new Change({
    operation: 'replace',
    modification: new Attribute({ type, values: value === null ? [] : [value].flat() }),
  });

async function reachable(attempt: () => Promise<void>): Promise<void> {
  for (let tries = 100; ; tries--) {
    try {
      return await attempt();
    } catch (error) {
      if (tries === 0) throw error;
      await wait(100);
    }
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
