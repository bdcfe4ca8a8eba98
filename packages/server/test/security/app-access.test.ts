import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Inside } from '../inside.ts';
import { ADMIN, DATABASES, makeProject } from '../started-server.ts';

const TOKEN = 'app-static-token-0123456789';
const SECRET_LOOKING = /key|secret|token|password|headers|credential|auth_data/i;
/** Named like a secret and none: where the browser asks maps from, and rules about passwords and logins. */
const NO_SECRETS = new Set(['mapbox_key', 'auth_password_policy', 'auth_login_attempts']);

/** What app access gives by itself: every collection, and every field that is more than a mask. */
const READABLE = [
  'directus_activity',
  'directus_collections',
  'directus_comments',
  'directus_fields',
  'directus_notifications',
].concat([
  'directus_presets',
  'directus_relations',
  'directus_roles',
  'directus_settings',
  'directus_shares',
  'directus_translations',
  'directus_users',
]);
const OWN_FIELDS = [
  'appearance',
  'avatar',
  'description',
  'email',
  'first_name',
  'id',
  'language',
  'last_name',
  'last_page',
  'location',
].concat(['password', 'provider', 'role', 'status', 'tags', 'tfa_secret', 'theme_dark', 'theme_light', 'title']);
const SETTINGS =
  `ai_anthropic_allowed_models ai_anthropic_api_key ai_google_allowed_models ai_google_api_key ai_openai_allowed_models
  ai_openai_api_key ai_openai_compatible_api_key ai_openai_compatible_base_url ai_openai_compatible_headers
  ai_openai_compatible_models ai_openai_compatible_name ai_system_prompt auth_login_attempts auth_password_policy basemaps
  collaborative_editing_enabled custom_aspect_ratios custom_css default_appearance default_language default_theme_dark
  default_theme_light id mapbox_key mcp_allow_deletes mcp_enabled mcp_prompts_collection mcp_system_prompt
  mcp_system_prompt_enabled module_bar org_name product_updates project_color project_descriptor project_id project_logo
  project_name project_owner project_status project_url project_usage public_background public_favicon public_foreground
  public_note public_registration public_registration_email_filter public_registration_role
  public_registration_verify_email report_bug_url report_error_url report_feature_url storage_asset_presets
  storage_asset_transform storage_default_folder theme_dark_overrides theme_light_overrides visual_editor_urls`.split(
    /\s+/,
  );

describe.each(DATABASES)('app access on %s', (database) => {
  let project: Inside;

  beforeAll(async () => {
    project = await Inside.open(await makeProject(database));
    const policy = await project.must('POST', '/policies', { name: 'app', app_access: true });
    const role = await project.must('POST', '/roles', { name: 'app', policies: [{ policy: policy.id }] });
    await project.must('POST', '/users', {
      email: 'app@example.com',
      password: 'long-enough',
      token: TOKEN,
      role: role.id,
    });
  });
  afterAll(async () => {
    await project?.close();
    await project?.place.remove();
  });

  const get = async (url: string) => (await project.json({ method: 'GET', url, token: TOKEN })).body.data;

  it('reads these collections and no others', async () => {
    const mine: Record<string, Record<string, { access: string; fields?: string[] }>> = await get('/permissions/me');
    const readable = Object.entries(mine).filter(([, actions]) => actions.read?.access !== 'none');
    expect(readable.map(([name]) => name).sort()).toEqual(READABLE);
    expect(mine.directus_users?.read?.fields?.filter((name) => name !== 'preferences_divider').sort()).toEqual(
      OWN_FIELDS,
    );
  });

  it('reads these settings and no others', async () => {
    expect(Object.keys(await get('/settings')).sort()).toEqual(SETTINGS);
  });

  it('sees of what is named like a secret a mask', async () => {
    const secrets = SETTINGS.filter((name) => SECRET_LOOKING.test(name) && !NO_SECRETS.has(name));
    expect(secrets.length).toBeGreaterThan(4);
    const values = secrets.map((name) => [
      name,
      name.endsWith('headers') ? [{ header: 'x', value: 'canary' }] : 'canary',
    ]);
    await project.must('PATCH', '/settings', Object.fromEntries(values));
    for (const token of [TOKEN, ADMIN.token]) {
      const answer = await project.ask({ method: 'GET', url: '/settings', token });
      expect(answer).not.toContain('canary');
      for (const name of secrets) expect(answer).toContain(`"${name}":"**********"`);
    }
  });

  it('reads presets of its own, of its role and of all, and no others', async () => {
    const me = await get('/users/me?fields=id,role');
    const other = await project.must('POST', '/roles', { name: 'other' });
    const admin = (await project.json({ method: 'GET', url: '/users/me', token: ADMIN.token })).body.data.id;
    const presets = [
      { bookmark: 'mine', user: me.id },
      { bookmark: 'of my role', role: me.role, user: null },
      { bookmark: 'of all', role: null, user: null },
      { bookmark: 'of another role', role: other.id, user: null },
      { bookmark: 'of another user', user: admin },
      { bookmark: 'of another user of my role', user: admin, role: me.role },
    ];
    await project.must('POST', '/presets', presets);
    const seen: { bookmark: string }[] = await get('/presets?fields=bookmark&sort=id');
    expect(seen.map(({ bookmark }) => bookmark)).toEqual(['mine', 'of my role', 'of all']);
  });

  it('the public reads no collection at all', async () => {
    for (const path of [
      ...READABLE.map((name) => name.replace('directus_', '/')),
      '/files',
      '/items/things',
      '/policies',
    ]) {
      expect([path, (await project.json({ method: 'GET', url: path, token: '' })).status]).toEqual([path, 403]);
    }
  });
});
