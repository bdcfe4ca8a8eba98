/** An option of a command, written `--name`, `--name VALUE` or `--name=VALUE`. */
export interface CommandOption {
  readonly name: string;
  /** What stands for the value in the help, e.g. `ADDRESS`; absent for a switch. */
  readonly value?: string;
  readonly required?: boolean;
  /** The only values that are accepted. */
  readonly oneOf?: readonly string[];
  readonly help: string;
}

export interface Command {
  /** The words that name it, e.g. `users create`. */
  readonly words: readonly string[];
  readonly summary: string;
  /** What one has to know beyond the summary. */
  readonly details?: string;
  /** What it takes without a `--name`, if anything, in this order; always required. */
  readonly operands?: readonly { readonly name: string; readonly value: string; readonly help: string }[];
  readonly options: readonly CommandOption[];
  readonly example: string;
}

const PASSWORD_DETAILS = 'Without --password a random one is made and printed once. Works while the server runs.';

const SNAPSHOT_OPTIONS = [
  { name: 'file', value: 'PATH', required: true, help: 'Snapshot in YAML or JSON; `-` reads standard input.' },
  { name: 'merge', help: 'Leaves alone what the snapshot lacks.' },
  { name: 'force', help: 'Takes a snapshot of another version or database.' },
] as const satisfies readonly CommandOption[];

const PROJECT_HELP = 'Address of a database, .env file, folder or SQLite file; by default the settings.';

export const COMMANDS = [
  {
    words: ['start'],
    summary: 'Starts the server; with nothing set, on a new project in ./data.',
    details:
      'Settings are environment variables (see docs/reference/settings.md), also from .env. On an empty database the\ntables and the first administrator are made, as by bootstrap. SIGTERM and SIGINT stop it gracefully.',
    options: [],
    example: 'PORT=8055 limen start',
  },
  {
    words: ['bootstrap'],
    summary: 'Makes or updates the tables and the first administrator, then ends.',
    details: 'Does nothing that is done already. The administrator is ADMIN_EMAIL with ADMIN_PASSWORD and ADMIN_TOKEN.',
    options: [],
    example: 'ADMIN_EMAIL=me@example.com limen bootstrap',
  },
  {
    words: ['users', 'create'],
    summary: 'Makes a user.',
    details: PASSWORD_DETAILS,
    options: [
      { name: 'email', value: 'ADDRESS', required: true, help: 'E-mail address to log in with.' },
      { name: 'password', value: 'PASSWORD', help: 'Password; `-` reads a line of standard input.' },
      { name: 'role', value: 'ROLE', help: 'Id or name of the role.' },
    ],
    example: 'limen users create --email me@example.com --role Editors',
  },
  {
    words: ['users', 'password'],
    summary: "Changes a user's password.",
    details: `${PASSWORD_DETAILS}\nSessions of the user end.`,
    options: [
      { name: 'email', value: 'ADDRESS', required: true, help: 'E-mail address of the user.' },
      { name: 'password', value: 'PASSWORD', help: 'New password; `-` reads a line of standard input.' },
    ],
    example: 'limen users password --email me@example.com',
  },
  {
    words: ['users', 'disable-tfa'],
    summary: 'Takes the second factors from a user who lost them.',
    details: 'One-time passwords, recovery codes, and that a passkey is needed beside the password. Passkeys stay.',
    options: [{ name: 'email', value: 'ADDRESS', required: true, help: 'E-mail address of the user.' }],
    example: 'limen users disable-tfa --email me@example.com',
  },
  {
    words: ['roles', 'create'],
    summary: 'Makes a role, with a policy of the same name when it has access of its own, and prints its id.',
    options: [
      { name: 'role', value: 'NAME', required: true, help: 'Name of the role.' },
      { name: 'admin', help: 'Its members may do everything.' },
      { name: 'app', help: 'Its members may use the Studio.' },
    ],
    example: 'limen roles create --role Editors --app',
  },
  {
    words: ['schema', 'snapshot'],
    summary: 'Writes the data model to a file that can be kept with the code of a project.',
    details: 'Tables without `meta`, which the project does not manage, are left out.',
    options: [
      { name: 'file', value: 'PATH', help: 'File to write; without it, standard output.' },
      {
        name: 'format',
        value: 'FORMAT',
        oneOf: ['yaml', 'json'],
        help: 'yaml or json; by default as the file is named.',
      },
    ],
    example: 'limen schema snapshot --file snapshot.yaml',
  },
  {
    words: ['schema', 'diff'],
    summary: 'Says what has to change for the data model to become that of a file.',
    options: [
      ...SNAPSHOT_OPTIONS,
      { name: 'json', help: 'Answers in JSON, as /schema/diff does; null when nothing has to change.' },
    ],
    example: 'limen schema diff --file snapshot.yaml',
  },
  {
    words: ['schema', 'apply'],
    summary: 'Makes the data model that of a file, all of it or nothing.',
    details: 'Shows what it is going to do, and asks. Works while the server runs.',
    options: [...SNAPSHOT_OPTIONS, { name: 'yes', help: 'Does not ask.' }],
    example: 'limen schema apply --file snapshot.yaml --yes',
  },
  {
    words: ['sso', 'explain'],
    summary: 'Says what would become of somebody with certain claims at a provider.',
    details: 'Who they are, which role and which policies they have. Nobody is signed in and nothing is changed.',
    options: [
      { name: 'provider', value: 'NAME', required: true, help: 'A provider with the driver openid or oauth2.' },
      { name: 'claims', value: 'PATH', required: true, help: 'Claims as a JSON object; `-` reads standard input.' },
      { name: 'json', help: 'Prints JSON.' },
    ],
    example: 'limen sso explain --provider club --claims claims.json',
  },
  {
    words: ['sso', 'test'],
    summary: 'Walks through all that signing in at a provider needs, and names the setting that is wrong.',
    details:
      'Discovery and keys, whether the provider knows the client and its secret, the redirect address, the directory or the\nmetadata, the roles that settings name, and whether browsers keep the cookies. Nobody is signed in and nothing is\nchanged. Ends with 1 when something is wrong.',
    operands: [{ name: 'provider', value: 'NAME', help: 'A provider of the environment or of the project.' }],
    options: [{ name: 'json', help: 'Prints JSON.' }],
    example: 'limen sso test club',
  },
  {
    words: ['types'],
    summary:
      'Writes TypeScript types of the data model, for `createDirectus<Schema>()` and `createSessions<Schema>()`.',
    details: 'Equal models give equal files. Written for @directus/sdk, which knows the system collections itself.',
    options: [{ name: 'file', value: 'PATH', help: 'File to write; without it, standard output.' }],
    example: 'limen types --file src/schema.ts',
  },
  {
    words: ['audit', 'verify'],
    summary: 'Proves that nothing in the activity log was altered or removed.',
    details:
      'Every entry is sealed with a key that comes from SECRET, each seal covering the one before. What was cut off at the\nend shows when the head that an earlier run printed is given. Ends with 0 when all is as it was written, 1 when\nsomething is not, 2 when it could not be read.',
    options: [
      { name: 'head', value: 'HEAD', help: 'A head that was printed before, kept outside of the database.' },
      { name: 'json', help: 'Answers in JSON.' },
    ],
    example: 'limen audit verify --head 120:9f86…',
  },
  {
    words: ['explain'],
    summary: 'Says which policy, permission and part of a rule allow or deny an action.',
    details: 'Ends with 0 whenever it could be said, whatever the answer is; --json has it as "verdict".',
    options: [
      { name: 'user', value: 'USER', help: 'E-mail address or id of the user; `public` for anybody.' },
      { name: 'role', value: 'ROLE', help: 'Instead of a user: any member of the role with this id or name.' },
      { name: 'share', value: 'ID', help: 'Instead of a user: whoever visits this share.' },
      {
        name: 'action',
        value: 'ACTION',
        required: true,
        oneOf: ['create', 'read', 'update', 'delete', 'share'],
        help: 'create, read, update, delete or share.',
      },
      { name: 'collection', value: 'NAME', required: true, help: 'Collection.' },
      { name: 'item', value: 'KEY', help: 'Primary key of one item; without it, the rule in general.' },
      { name: 'field', value: 'NAME', help: 'One field of the collection.' },
      { name: 'ip', value: 'ADDRESS', help: 'Address that the request would come from.' },
      { name: 'json', help: 'Answers in JSON.' },
    ],
    example: 'limen explain --user me@example.com --action read --collection posts --item 3',
  },
  {
    words: ['access', 'test'],
    summary: 'Runs a file of tests about who may do what.',
    details:
      'On the database of the project, in which nothing is changed: what is written is taken back. With --snapshot on a new\ndatabase of their own. See docs/guides/access-tests.md. Ends with 0 when all passed, 1 when one failed\nor the score is too low, 2 when they could not be run.',
    operands: [{ name: 'file', value: 'FILE', help: 'Tests in YAML or JSON; `-` reads standard input.' }],
    options: [
      {
        name: 'snapshot',
        value: 'PATH',
        help: 'Snapshot of a data model to make instead, with the fixtures of the file.',
      },
      { name: 'coverage', help: 'Says which parts of the rules no test decides.' },
      { name: 'mutate', help: 'Changes the rules in one place at a time and says which changes no test notices.' },
      { name: 'max-mutants', value: 'NUMBER', help: 'Tries at most so many changes; 2000 by default.' },
      { name: 'min-score', value: 'PERCENT', help: 'Fails when fewer of the changes are noticed; means --mutate.' },
      { name: 'json', help: 'Answers in JSON.' },
    ],
    example: 'limen access test access.tests.yaml --mutate',
  },
  {
    words: ['access', 'export'],
    summary:
      'Writes roles, policies, permissions and attachments to a file that can be kept with the code of a project.',
    details: 'Equal access gives equal files. There are no secrets in it, and of users their ids only.',
    options: [
      { name: 'project', value: 'PROJECT', help: PROJECT_HELP },
      { name: 'file', value: 'PATH', help: 'File to write; without it, standard output.' },
      {
        name: 'format',
        value: 'FORMAT',
        oneOf: ['yaml', 'json'],
        help: 'yaml or json; by default as the file is named.',
      },
    ],
    example: 'limen access export --file access.yaml',
  },
  {
    words: ['access', 'diff'],
    summary: 'Says who gains and loses which collections, actions, fields and items between two states of access.',
    details:
      'Each is a project (address of a database, .env file, folder, SQLite file) or a file of `limen access export`.\nUsers and items are counted in one of the projects. Ends with 0 when nothing changes for anybody, 1 when\nsomething does, 2 when they could not be compared. See docs/guides/access-changes.md.',
    operands: [
      { name: 'a', value: 'BEFORE', help: 'What is; `-` reads an access file from standard input.' },
      { name: 'b', value: 'AFTER', help: 'What would be.' },
    ],
    options: [
      { name: 'project', value: 'PROJECT', help: 'Project to count in; by default the first of the two that is one.' },
      { name: 'json', help: 'Answers in JSON, as POST /access/preview does.' },
    ],
    example: 'limen access diff .env access.yaml',
  },
] as const satisfies readonly Command[];

/** Name of a command: its words, joined by a space. */
export function nameOf({ words }: Pick<Command, 'words'>): string {
  return words.join(' ');
}
