import type { Planted, Threat } from './threats.ts';

const plant = (file: string, ...edits: (readonly [string, string])[]): Planted => ({ file, edits });

const RUN_TIME = 'sso/run-time-providers.test.ts';
const WALK = 'sso/provider-walk.test.ts';
const LAST = 'sso/last-administrator.test.ts';

/** Of providers that administrators set up while the server runs. */
export const PROVIDER_THREATS: readonly Threat[] = [
  {
    known: 'Providers at run time, whoever asks',
    mistake: 'a provider was set up by somebody who does not administer',
    test: RUN_TIME,
    title: 'nobody but administrators may do anything, and nobody learns what there is',
    planted: plant('auth/providers/project/project-providers.ts', [
      'if (!access.profile.admin) throw',
      'if (!access) throw',
    ]),
  },
  {
    known: 'Providers at run time, named tokens',
    mistake: 'a token that was made for a script set up a provider',
    test: RUN_TIME,
    title: 'nobody but administrators may do anything, and nobody learns what there is',
    planted: plant('auth/providers/project/project-providers.ts', ['  refuseDelegated(access.accountability);\n', '']),
  },
  {
    known: 'Providers at run time, secrets',
    mistake: 'the secret of a provider was answered',
    test: RUN_TIME,
    title: 'one is there at once, with its secret concealed, and people sign in with it on every node',
    planted: plant('auth/providers/project/provider-input.ts', ['secrets.includes(name) ? CONCEALED : value', 'value']),
  },
  {
    known: 'Providers at run time, where secrets go',
    mistake: 'a secret that nobody could read was sent to another address',
    test: RUN_TIME,
    title: 'a secret that comes back concealed stays, and does not go to another place',
    planted: plant('auth/providers/project/provider-input.ts', ['led !== undefined && kept', "led === '' && kept"]),
  },
  {
    known: 'Providers at run time, files',
    mistake: 'settings of an API had files of the server read',
    test: RUN_TIME,
    title: 'a wrong one is refused with the name of what is wrong',
    planted: plant('config/families/given-provider.ts', [
      'const name = names.get(setting);',
      'const name = names.get(setting) ?? setting.toUpperCase();',
    ]),
  },
  {
    known: 'Providers at run time, attempts',
    mistake: 'what was begun at one provider was finished at another of the same name',
    test: RUN_TIME,
    title: 'an attempt counts only while the provider stays what it was',
    planted: plant('auth/providers/live-providers.ts', ['scope: `${row.name} ${row.revision}`', 'scope: row.name']),
  },
  {
    known: 'Providers at run time, meanwhile',
    mistake: 'a login that was under way came to its end at a provider that was taken away',
    test: RUN_TIME,
    title: 'somebody who is on the way in while it is disabled or deleted stays outside',
    planted: plant('auth/providers/live-providers.ts', ['if (revision === null || (', "if (revision !== '' || ("]),
  },
  {
    known: 'Providers at run time, codes',
    mistake: 'a code of a provider that was taken away was redeemed',
    test: RUN_TIME,
    title: 'a code that was not redeemed when it is disabled or deleted is worth nothing',
    planted: plant('auth/providers/project/stored-providers.ts', [
      'await tx.run(this.#sql.takeCodesBack, [name, name]);',
      'await tx.get(this.#sql.users, [name, name]);',
    ]),
  },
  {
    known: 'Providers at run time, nodes',
    mistake: 'a provider that was taken away was still used',
    test: RUN_TIME,
    title: 'disabled and deleted ones are gone on every node',
    planted: plant('auth/providers/live-providers.ts', [
      "if (topic !== 'providers') return;",
      "if (topic !== 'schema') return;",
    ]),
  },
  {
    known: 'GHSA-5rr4-8452-hf4v (CVE-2026-53513), at run time',
    mistake: 'an administrator of a project made the server ask an address inside the network',
    test: WALK,
    title: 'are asked nothing, neither by a test nor by a login',
    planted: plant('auth/login/redirecting-providers.ts', [
      'revision === null ? addressesIn(provider) : []',
      'addressesIn(provider)',
    ]),
  },
  {
    known: 'GHSA-5rr4-8452-hf4v (CVE-2026-53513), directories at run time',
    mistake: 'a login at a directory of the project went to an address inside the network',
    test: WALK,
    title: 'nor is a directory',
    planted: plant('auth/login/ldap.ts', [
      'live.revision === null ? null : outbound()',
      'live && outbound ? null : outbound()',
    ]),
  },
  {
    known: 'GHSA-5rr4-8452-hf4v (CVE-2026-53513), tests of directories',
    mistake: 'a test of a directory went to an address inside the network',
    test: WALK,
    title: 'nor is a directory',
    planted: plant('auth/providers/checks/check-provider.ts', [
      'revision === null ? null : outbound()',
      'revision === "" ? outbound() : null',
    ]),
  },
  {
    known: 'Sign-on, last administrator',
    mistake: 'groups at a provider left nobody who administers',
    test: LAST,
    title: 'stay while nobody else administers, and no longer',
    planted: plant('auth/providers/kept-administrator.ts', ['await this.#keep(tx);', '']),
  },
];
