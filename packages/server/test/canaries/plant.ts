import type { Database } from '../started-server.ts';
import { type CallerName, FILES, userOf, VERSION } from './world.ts';

/** A copy of the project in which some of what is hidden from some callers is another. */
export interface Scenario {
  readonly name: string;
  readonly callers: readonly CallerName[];
  readonly differs: (database: Database) => readonly string[];
}

/** Half of the values missing, the others in another order, some of them equal. */
const text = (key = 'id') => `case when ${key} % 2 = 0 then null else 'canary-b-' || (100 - ${key}) / 3 end`;
const number = '1000 - id * 7';
const moment = (database: Database) =>
  database === 'sqlite' ? '946684800000 + id * 40000000000' : 'to_timestamp(946684800 + id * 40000000)';
const json = (database: Database) =>
  `'{"a":{"b":"canary-b"},"list":[1,2,3,4]}'${database === 'sqlite' ? '' : '::json'}`;

const secretColumns = (database: Database): string =>
  `code = ${text()}, pin = ${number}, opened = ${moment(database)}, doc = ${json(database)}, tags = 'canary-b,x,y', amount = ${number}`;

const USER = `last_name = 'canary-b-' || substr(email, 1, 3), title = null, location = 'canary-b'`;
/** Those with app access see all of their own. */
const withoutApp = `id not in ('${userOf('app')}', '${userOf('fields-app')}')`;

/** Nobody ever sees these, whatever they may read. */
const concealed = (database: Database): string[] => [
  `update vaults set seed = 'canary-b-' || (50 - id), passphrase = 'canary-b-hash-' || id`,
  `update directus_users set password = '$argon2id$canary-b' || substr(email, 1, 4), tfa_secret = 'CANARYB', auth_data = '{"refreshToken":"canary-b"}'`,
  `update directus_users set token = 'sha256$canary-b' where id = '${userOf('victim')}'`,
  `update directus_settings set ai_openai_api_key = 'canary-b', ai_anthropic_api_key = 'b', ai_google_api_key = 'canary-b-b', ai_openai_compatible_headers = '[{"header":"y","value":"canary-b"}]'`,
  ...(database === 'sqlite'
    ? [
        `insert into directus_sessions (token, "user", expires) values ('canary-b', '${userOf('victim')}', 4000000000000)`,
      ]
    : [
        `insert into directus_sessions (token, "user", expires) values ('canary-b', '${userOf('victim')}', now() + interval '9 years')`,
      ]),
];

/** Set, so that what the twins differ in is the value and not whether there is one. */
export const BOTH_CONCEALED: readonly string[] = [
  `update vaults set passphrase = 'canary-a-hash'`,
  `update directus_users set tfa_secret = 'CANARYA', auth_data = '{"refreshToken":"canary-a"}'`,
];

const hiddenFields = (database: Database): string[] => [
  ...concealed(database),
  `update vaults set ${secretColumns(database)}`,
  `update rooms set secret = ${text()}, size = ${number}`,
  `update notes set secret = ${text()}`,
  `update marks set secret = ${text()}`,
  `update desk set secret = 'canary-b'`,
  `update closed set label = ${text()}, level = ${number}`,
  `insert into closed (id, label, level) values (50, 'canary-b', 4), (51, null, 5)`,
  `update directus_users set ${USER} where ${withoutApp}`,
  `update directus_users set external_identifier = 'canary-b-' || email`,
  `update directus_files set title = 'canary-b', description = null, filename_disk = filename_disk`,
  `update directus_comments set comment = 'canary-b'`,
  `update directus_versions set name = 'canary-b', delta = '{"label":"drafted","code":"canary-b"}'`,
  `update directus_activity set user_agent = 'canary-b', origin = 'canary-b' where "user" is not null`,
  `update directus_revisions set data = '{"code":"canary-b"}', delta = '{"code":"canary-b"}'`,
  `update directus_roles set description = 'canary-b' where name not in ('app', 'fields-app')`,
  `update directus_policies set description = 'canary-b', icon = 'canary-b'`,
  `update directus_presets set bookmark = 'canary-b', collection = 'closed'`,
  `update directus_notifications set subject = 'canary-b', message = null`,
];

const hiddenRows = (database: Database): string[] => [
  ...concealed(database),
  `update vaults set ${secretColumns(database)}, label = 'canary-b-' || id, room = 1, cell = null, owner = null where id % 2 = 1`,
  `insert into vaults (id, label, open, code, pin) values (51, 'canary-b', ${database === 'sqlite' ? 0 : 'false'}, 'canary-b', 9), (53, 'vault 3', null, null, null)`,
  `update rooms set secret = ${text()}, name = 'canary-b-' || id where size = 0`,
  `insert into rooms (id, name, secret, size) values (50, 'canary-b', 'canary-b', 0), (51, 'room 1', null, null)`,
  `update notes set secret = ${text()}, text = 'canary-b' where vault % 2 = 1`,
  `insert into notes (id, text, vault) values (50, 'canary-b', 1), (51, 'note 1', 51), (52, 'note 2', null)`,
  `update marks set name = 'canary-b', secret = null where name like 'canary%'`,
  `update vaults_marks set vaults_id = 1 where vaults_id % 2 = 1`,
  `insert into vaults_marks (id, vaults_id, marks_id) values (50, 2, 2), (51, 1, 1)`,
  `update blocks set item = '1' where page % 2 = 1`,
  `update closed set label = ${text()}, level = ${number}`,
  `update directus_users set ${USER} where id <> '${userOf('rows')}'`,
  `insert into directus_users (id, email, status) values ('00000000-0000-4000-8000-0000000000bb', 'canary-b@example.com', 'active')`,
  `update directus_files set title = 'canary-b', description = null, type = 'canary/b', filesize = 77 where id = '${FILES.hidden}'`,
  `update directus_comments set comment = 'canary-b', item = '2'`,
  `update directus_versions set name = 'canary-b', item = '1' where id = '${VERSION}'`,
  `update directus_activity set user_agent = 'canary-b' where "user" is not null and "user" <> '${userOf('rows')}'`,
  `update directus_presets set bookmark = 'canary-b'`,
  `update directus_notifications set subject = 'canary-b'`,
];

const hiddenOfSome = (database: Database): string[] => [
  ...concealed(database),
  `update vaults set ${secretColumns(database)}, cell = null, owner = '${userOf('victim')}' where id % 2 = 1`,
  `update rooms set secret = ${text('id + 1')} where size = 0`,
  `update notes set secret = ${text()} where vault % 2 = 1`,
  `update marks set secret = ${text()}`,
  `update directus_users set ${USER} where id <> '${userOf('mixed')}'`,
];

export const SCENARIOS: readonly Scenario[] = [
  { name: 'concealed values', callers: ['admin', 'everything', 'app'], differs: concealed },
  { name: 'hidden fields', callers: ['fields', 'fields-app', 'app', 'public'], differs: hiddenFields },
  { name: 'items outside the rule', callers: ['rows'], differs: hiddenRows },
  { name: 'fields hidden for some items', callers: ['mixed'], differs: hiddenOfSome },
];
