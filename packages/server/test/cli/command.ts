import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ADMIN, type Project, SECRET } from '../started-server.ts';

const REPOSITORY = fileURLToPath(new URL('../../../../', import.meta.url));
const NODE = join(REPOSITORY, 'node_modules/.bin/node');
const COMMAND = join(REPOSITORY, 'packages/server/src/cli/limen.js');

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs `limen` with these words in a project, as a process of its own; `input` is its standard input. */
export function limen(project: Project, words: readonly string[], input = ''): Promise<Ended> {
  const child = spawn(NODE, [COMMAND, ...words], {
    cwd: project.folder,
    env: {
      PATH: process.env.PATH,
      HOME: project.folder,
      SECRET,
      ADMIN_EMAIL: ADMIN.email,
      ADMIN_PASSWORD: ADMIN.password,
      ADMIN_TOKEN: ADMIN.token,
      ...project.settings,
    },
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  child.stdin.on('error', () => undefined); // it may end without reading
  child.stdin.end(input);
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, stdout, stderr })));
}
