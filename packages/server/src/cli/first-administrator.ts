import { randomBytes } from 'node:crypto';
import { bootstrapProject, type Project } from '../app.ts';

const DEFAULT_EMAIL = 'admin@example.com';

/** Gives a new project its administrator, and prints a password that was made for it: this once and never again. */
export async function ensureAdministrator(project: Project): Promise<void> {
  const { config } = project;
  if (await hasPeople(project)) return;
  const email = config.adminEmail ?? DEFAULT_EMAIL;
  const password = config.adminPassword ?? randomBytes(12).toString('base64url');
  const made = await bootstrapProject(project, { email, password, token: config.adminToken ?? null });
  if (made.user === null) return;
  const shown = config.adminPassword === undefined ? `\n  password  ${password}   (shown once)` : '';
  process.stdout.write(`Made the first administrator:\n  e-mail    ${email}${shown}\n`);
  const code = await project.accounts.setup.code();
  if (code !== null) process.stdout.write(`Or choose your own: ${setupPage(config.publicUrl, code)}\n`);
}

/** The code is in the part of the address that browsers send to nobody. */
const setupPage = (publicUrl: string, code: string): string => `${publicUrl.replace(/\/+$/, '')}/admin/setup#${code}`;

/** Whether the project has had its start already; saves a password hash at every later one. */
async function hasPeople(project: Project): Promise<boolean> {
  const row = await project.store.get('select 1 as there from directus_users limit 1');
  const settings = await project.store.get('select 1 as there from directus_settings limit 1');
  return row !== undefined && settings !== undefined;
}
