import type { AuthProvider } from '../../../config/index.ts';
import type { OutboundClient } from '../../../kernel/outbound/index.ts';
import { withDirectory } from '../ldap/connection.ts';
import { RESULT, resultCode } from '../ldap/failures.ts';
import type { Walk } from './walk.ts';

type LdapProvider = Extract<AuthProvider, { driver: 'ldap' }>;

/** Binds as who searches, and looks whether people and groups are where they are said to be. */
export async function checkLdap(
  walk: Walk,
  { options, client }: LdapProvider,
  outbound: OutboundClient | null,
): Promise<void> {
  const { clientUrl = '', bindDn = '', bindPassword = '', userDn = '', groupDn } = options;
  const steps = new Map([
    ['people', { dn: userDn, setting: 'user_dn' }],
    ...(groupDn ? [['groups', { dn: groupDn, setting: 'group_dn' }] as const] : []),
  ] as const);
  try {
    await withDirectory({ clientUrl, client, outbound }, async (connection) => {
      const refused = await connection.bind(bindDn, bindPassword).then(
        () => null,
        (error: unknown) => codeOrThrow(error),
      );
      if (refused !== null) return walk.failed('directory', ...refusal(refused, bindDn));
      walk.passed('directory', `${clientUrl} answers, and ${bindDn || 'anybody'} may ask it`);
      for (const [name, { dn, setting }] of steps) {
        const code = await connection.search(dn, { scope: 'base', attributes: ['1.1'], sizeLimit: 1 }).then(
          ({ searchEntries }) => (searchEntries.length > 0 ? null : RESULT.noSuchObject),
          (error: unknown) => codeOrThrow(error),
        );
        if (code === null) walk.passed(name, `${dn} is there`);
        else
          walk.failed(name, `${dn} is not there, or may not be seen by ${bindDn || 'anybody'} (code ${code})`, setting);
      }
    });
  } catch (error) {
    walk.unreachable('directory', error, 'client_url');
  }
}

function refusal(code: number, bindDn: string): [detail: string, setting: string] {
  if (code === RESULT.invalidDnSyntax) return [`${bindDn} is no name of an entry`, 'bind_dn'];
  if (code === RESULT.invalidCredentials) {
    return [`the directory does not take the password of ${bindDn}, or has no such entry`, 'bind_password'];
  }
  return [`the directory refuses ${bindDn || 'anonymous requests'} (code ${code})`, 'bind_dn'];
}

function codeOrThrow(error: unknown): number {
  const code = resultCode(error);
  if (code === null) throw error;
  return code;
}
