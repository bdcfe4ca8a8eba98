-- The tables of a project at version 11.17 on SQLite, written down from the documented names and types in the way such
-- projects' files have them. Tables at the end are ones that Limen does not know.

CREATE TABLE `directus_access` (
  `id` char(36) null,
  `role` char(36) null,
  `user` char(36) null,
  `policy` char(36) not null,
  `sort` integer null,
  primary key (`id`),
  foreign key (`role`) references `directus_roles` (`id`) on delete cascade,
  foreign key (`user`) references `directus_users` (`id`) on delete cascade,
  foreign key (`policy`) references `directus_policies` (`id`) on delete cascade
);
CREATE TABLE `directus_activity` (
  `id` integer not null primary key autoincrement,
  `action` varchar(45) not null,
  `user` char(36) null,
  `timestamp` datetime not null default CURRENT_TIMESTAMP,
  `ip` varchar(50) null,
  `user_agent` text null,
  `collection` varchar(64) not null,
  `item` varchar(255) not null,
  `origin` varchar(255) null
);
CREATE TABLE `directus_collections` (
  `collection` varchar(64) not null,
  `icon` varchar(64) null,
  `note` text null,
  `display_template` varchar(255) null,
  `hidden` boolean not null default '0',
  `singleton` boolean not null default '0',
  `translations` json null,
  `archive_field` varchar(64) null,
  `archive_app_filter` boolean not null default '1',
  `archive_value` varchar(255) null,
  `unarchive_value` varchar(255) null,
  `sort_field` varchar(64) null,
  `accountability` varchar(255) null default 'all',
  `color` varchar(255) null,
  `item_duplication_fields` json null,
  `sort` integer null,
  `group` varchar(64) null,
  `collapse` varchar(255) not null default 'open',
  `preview_url` varchar(255) null,
  `versioning` boolean not null default '0',
  primary key (`collection`),
  foreign key (`group`) references `directus_collections` (`collection`) on delete no action
);
CREATE TABLE `directus_comments` (
  `id` char(36) not null,
  `collection` varchar(64) not null,
  `item` varchar(255) not null,
  `comment` text not null,
  `date_created` datetime null default CURRENT_TIMESTAMP,
  `date_updated` datetime null default CURRENT_TIMESTAMP,
  `user_created` char(36) null,
  `user_updated` char(36) null,
  primary key (`id`),
  foreign key (`user_created`) references `directus_users` (`id`) on delete set null,
  foreign key (`user_updated`) references `directus_users` (`id`) on delete no action
);
CREATE TABLE `directus_dashboards` (
  `id` char(36) not null,
  `name` varchar(255) not null,
  `icon` varchar(64) not null default 'dashboard',
  `note` text null,
  `date_created` datetime null default CURRENT_TIMESTAMP,
  `user_created` char(36) null,
  `color` varchar(255) null,
  primary key (`id`),
  foreign key (`user_created`) references `directus_users` (`id`) on delete set null
);
CREATE TABLE `directus_fields` (
  `id` integer not null primary key autoincrement,
  `collection` varchar(64) not null,
  `field` varchar(64) not null,
  `special` varchar(64) null,
  `interface` varchar(64) null,
  `options` json null,
  `display` varchar(64) null,
  `display_options` json null,
  `readonly` boolean not null default '0',
  `hidden` boolean not null default '0',
  `sort` integer null,
  `width` varchar(30) null default 'full',
  `translations` json null,
  `note` text null,
  `conditions` json null,
  `required` boolean null default '0',
  `group` varchar(64) null,
  `validation` json null,
  `validation_message` text null,
  `searchable` boolean not null default '1'
);
CREATE TABLE `directus_files` (
  `id` char(36) not null,
  `storage` varchar(255) not null,
  `filename_disk` varchar(255) null,
  `filename_download` varchar(255) not null,
  `title` varchar(255) null,
  `type` varchar(255) null,
  `folder` char(36) null,
  `uploaded_by` char(36) null,
  `created_on` datetime not null default CURRENT_TIMESTAMP,
  `modified_by` char(36) null,
  `modified_on` datetime not null default CURRENT_TIMESTAMP,
  `charset` varchar(50) null,
  `filesize` bigint null default null,
  `width` integer null,
  `height` integer null,
  `duration` integer null,
  `embed` varchar(200) null,
  `description` text null,
  `location` text null,
  `tags` text null,
  `metadata` json null,
  `focal_point_x` integer null,
  `focal_point_y` integer null,
  `tus_id` varchar(64) null,
  `tus_data` json null,
  `uploaded_on` datetime null,
  primary key (`id`),
  foreign key (`folder`) references `directus_folders` (`id`) on delete set null,
  foreign key (`uploaded_by`) references `directus_users` (`id`) on delete no action,
  foreign key (`modified_by`) references `directus_users` (`id`) on delete no action
);
CREATE TABLE `directus_flows` (
  `id` char(36) not null,
  `name` varchar(255) not null,
  `icon` varchar(64) null,
  `color` varchar(255) null,
  `description` text null,
  `status` varchar(255) not null default 'active',
  `trigger` varchar(255) null,
  `accountability` varchar(255) null default 'all',
  `options` json null,
  `operation` char(36) null,
  `date_created` datetime null default CURRENT_TIMESTAMP,
  `user_created` char(36) null,
  primary key (`id`),
  foreign key (`user_created`) references `directus_users` (`id`) on delete set null
);
CREATE UNIQUE INDEX `directus_flows_operation_unique` ON `directus_flows` (`operation`);
CREATE TABLE `directus_folders` (
  `id` char(36) not null,
  `name` varchar(255) not null,
  `parent` char(36) null,
  primary key (`id`),
  foreign key (`parent`) references `directus_folders` (`id`) on delete no action
);
CREATE TABLE `directus_notifications` (
  `id` integer not null primary key autoincrement,
  `timestamp` datetime null default CURRENT_TIMESTAMP,
  `status` varchar(255) null default 'inbox',
  `recipient` char(36) not null,
  `sender` char(36) null,
  `subject` varchar(255) not null,
  `message` text null,
  `collection` varchar(64) null,
  `item` varchar(255) null,
  foreign key (`recipient`) references `directus_users` (`id`) on delete cascade,
  foreign key (`sender`) references `directus_users` (`id`) on delete no action
);
CREATE TABLE `directus_operations` (
  `id` char(36) not null,
  `name` varchar(255) null,
  `key` varchar(255) not null,
  `type` varchar(255) not null,
  `position_x` integer not null,
  `position_y` integer not null,
  `options` json null,
  `resolve` char(36) null,
  `reject` char(36) null,
  `flow` char(36) not null,
  `date_created` datetime null default CURRENT_TIMESTAMP,
  `user_created` char(36) null,
  primary key (`id`),
  foreign key (`resolve`) references `directus_operations` (`id`) on delete no action,
  foreign key (`reject`) references `directus_operations` (`id`) on delete no action,
  foreign key (`flow`) references `directus_flows` (`id`) on delete cascade,
  foreign key (`user_created`) references `directus_users` (`id`) on delete set null
);
CREATE UNIQUE INDEX `directus_operations_resolve_unique` ON `directus_operations` (`resolve`);
CREATE UNIQUE INDEX `directus_operations_reject_unique` ON `directus_operations` (`reject`);
CREATE TABLE `directus_panels` (
  `id` char(36) not null,
  `dashboard` char(36) not null,
  `name` varchar(255) null,
  `icon` varchar(64) null default null,
  `color` varchar(10) null,
  `show_header` boolean not null default '0',
  `note` text null,
  `type` varchar(255) not null,
  `position_x` integer not null,
  `position_y` integer not null,
  `width` integer not null,
  `height` integer not null,
  `options` json null,
  `date_created` datetime null default CURRENT_TIMESTAMP,
  `user_created` char(36) null,
  primary key (`id`),
  foreign key (`dashboard`) references `directus_dashboards` (`id`) on delete cascade,
  foreign key (`user_created`) references `directus_users` (`id`) on delete set null
);
CREATE TABLE `directus_permissions` (
  `id` integer not null primary key autoincrement,
  `collection` varchar(64) not null,
  `action` varchar(10) not null,
  `permissions` json null,
  `validation` json null,
  `presets` json null,
  `fields` text null,
  `policy` char(36) not null,
  foreign key (`policy`) references `directus_policies` (`id`) on delete cascade
);
CREATE TABLE `directus_policies` (
  `id` char(36) null,
  `name` varchar(100) not null,
  `icon` varchar(64) not null default 'badge',
  `description` text null,
  `ip_access` text null,
  `enforce_tfa` boolean not null default '0',
  `admin_access` boolean not null default '0',
  `app_access` boolean not null default '0',
  primary key (`id`)
);
CREATE TABLE `directus_presets` (
  `id` integer not null primary key autoincrement,
  `bookmark` varchar(255) null,
  `user` char(36) null,
  `role` char(36) null,
  `collection` varchar(64) null,
  `search` varchar(100) null,
  `layout` varchar(100) null default 'tabular',
  `layout_query` json null,
  `layout_options` json null,
  `refresh_interval` integer null,
  `filter` json null,
  `icon` varchar(64) null default 'bookmark',
  `color` varchar(255) null,
  foreign key (`user`) references `directus_users` (`id`) on delete cascade,
  foreign key (`role`) references `directus_roles` (`id`) on delete cascade
);
CREATE TABLE `directus_relations` (
  `id` integer not null primary key autoincrement,
  `many_collection` varchar(64) not null,
  `many_field` varchar(64) not null,
  `one_collection` varchar(64) null,
  `one_field` varchar(64) null,
  `one_collection_field` varchar(64) null,
  `one_allowed_collections` text null,
  `junction_field` varchar(64) null,
  `sort_field` varchar(64) null,
  `one_deselect_action` varchar(255) not null default 'nullify'
);
CREATE TABLE `directus_revisions` (
  `id` integer not null primary key autoincrement,
  `activity` integer not null,
  `collection` varchar(64) not null,
  `item` varchar(255) not null,
  `data` json null,
  `delta` json null,
  `parent` integer null,
  `version` char(36) null,
  foreign key (`activity`) references `directus_activity` (`id`) on delete cascade,
  foreign key (`parent`) references `directus_revisions` (`id`) on delete no action,
  foreign key (`version`) references `directus_versions` (`id`) on delete cascade
);
CREATE TABLE `directus_roles` (
  `id` char(36) not null,
  `name` varchar(100) not null,
  `icon` varchar(64) not null default 'supervised_user_circle',
  `description` text null,
  `parent` char(36) null,
  primary key (`id`),
  foreign key (`parent`) references `directus_roles` (`id`) on delete no action
);
CREATE TABLE `directus_sessions` (
  `token` varchar(64) not null,
  `user` char(36) null,
  `expires` datetime not null,
  `ip` varchar(255) null,
  `user_agent` text null,
  `share` char(36) null,
  `origin` varchar(255) null,
  `next_token` varchar(64) null,
  primary key (`token`),
  foreign key (`user`) references `directus_users` (`id`) on delete cascade,
  foreign key (`share`) references `directus_shares` (`id`) on delete cascade
);
CREATE TABLE `directus_settings` (
  `id` integer not null primary key autoincrement,
  `project_name` varchar(100) not null default 'Directus',
  `project_url` varchar(255) null,
  `project_color` varchar(255) not null default '#6644FF',
  `project_logo` char(36) null,
  `public_foreground` char(36) null,
  `public_background` char(36) null,
  `public_note` text null,
  `auth_login_attempts` integer null default '25',
  `auth_password_policy` varchar(100) null,
  `storage_asset_transform` varchar(7) null default 'all',
  `storage_asset_presets` json null,
  `custom_css` text null,
  `storage_default_folder` char(36) null,
  `basemaps` json null,
  `mapbox_key` varchar(255) null,
  `module_bar` json null,
  `project_descriptor` varchar(100) null,
  `default_language` varchar(255) not null default 'en-US',
  `custom_aspect_ratios` json null,
  `public_favicon` char(36) null,
  `default_appearance` varchar(255) not null default 'auto',
  `default_theme_light` varchar(255) null,
  `theme_light_overrides` json null,
  `default_theme_dark` varchar(255) null,
  `theme_dark_overrides` json null,
  `report_error_url` varchar(255) null,
  `report_bug_url` varchar(255) null,
  `report_feature_url` varchar(255) null,
  `public_registration` boolean not null default '0',
  `public_registration_verify_email` boolean not null default '1',
  `public_registration_role` char(36) null,
  `public_registration_email_filter` json null,
  `visual_editor_urls` json null,
  `project_id` char(36) null,
  `mcp_enabled` boolean not null default '0',
  `mcp_allow_deletes` boolean not null default '0',
  `mcp_prompts_collection` varchar(255) null default null,
  `mcp_system_prompt_enabled` boolean not null default '1',
  `mcp_system_prompt` text null default null,
  `project_owner` varchar(255) null,
  `project_usage` varchar(255) null,
  `org_name` varchar(255) null,
  `product_updates` boolean null,
  `project_status` varchar(255) null,
  `ai_openai_api_key` text null,
  `ai_anthropic_api_key` text null,
  `ai_system_prompt` text null,
  `ai_google_api_key` text null,
  `ai_openai_compatible_api_key` text null,
  `ai_openai_compatible_base_url` text null,
  `ai_openai_compatible_name` text null,
  `ai_openai_compatible_models` json null,
  `ai_openai_compatible_headers` json null,
  `ai_openai_allowed_models` json null,
  `ai_anthropic_allowed_models` json null,
  `ai_google_allowed_models` json null,
  `collaborative_editing_enabled` boolean not null default '0',
  foreign key (`project_logo`) references `directus_files` (`id`) on delete no action,
  foreign key (`public_foreground`) references `directus_files` (`id`) on delete no action,
  foreign key (`public_background`) references `directus_files` (`id`) on delete no action,
  foreign key (`storage_default_folder`) references `directus_folders` (`id`) on delete set null,
  foreign key (`public_favicon`) references `directus_files` (`id`) on delete no action,
  foreign key (`public_registration_role`) references `directus_roles` (`id`) on delete set null
);
CREATE TABLE `directus_shares` (
  `id` char(36) not null,
  `name` varchar(255) null,
  `collection` varchar(64) not null,
  `item` varchar(255) not null,
  `role` char(36) null,
  `password` varchar(255) null,
  `user_created` char(36) null,
  `date_created` datetime null default CURRENT_TIMESTAMP,
  `date_start` datetime null default null,
  `date_end` datetime null default null,
  `times_used` integer null default '0',
  `max_uses` integer null,
  primary key (`id`),
  foreign key (`collection`) references `directus_collections` (`collection`) on delete cascade,
  foreign key (`role`) references `directus_roles` (`id`) on delete cascade,
  foreign key (`user_created`) references `directus_users` (`id`) on delete set null
);
CREATE TABLE `directus_translations` (
  `id` char(36) not null,
  `language` varchar(255) not null,
  `key` varchar(255) not null,
  `value` text not null,
  primary key (`id`)
);
CREATE TABLE `directus_users` (
  `id` char(36) not null,
  `first_name` varchar(50) null,
  `last_name` varchar(50) null,
  `email` varchar(128) null,
  `password` varchar(255) null,
  `location` varchar(255) null,
  `title` varchar(50) null,
  `description` text null,
  `tags` json null,
  `avatar` char(36) null,
  `language` varchar(255) null default null,
  `tfa_secret` varchar(255) null,
  `status` varchar(16) not null default 'active',
  `role` char(36) null,
  `token` varchar(255) null,
  `last_access` datetime null,
  `last_page` varchar(255) null,
  `provider` varchar(128) not null default 'default',
  `external_identifier` varchar(255) null,
  `auth_data` json null,
  `email_notifications` boolean null default '1',
  `appearance` varchar(255) null,
  `theme_dark` varchar(255) null,
  `theme_light` varchar(255) null,
  `theme_light_overrides` json null,
  `theme_dark_overrides` json null,
  `text_direction` varchar(255) not null default 'auto',
  primary key (`id`),
  foreign key (`role`) references `directus_roles` (`id`) on delete set null
);
CREATE UNIQUE INDEX `directus_users_email_unique` ON `directus_users` (`email`);
CREATE UNIQUE INDEX `directus_users_token_unique` ON `directus_users` (`token`);
CREATE UNIQUE INDEX `directus_users_external_identifier_unique` ON `directus_users` (`external_identifier`);
CREATE TABLE `directus_versions` (
  `id` char(36) not null,
  `key` varchar(64) not null,
  `name` varchar(255) null,
  `collection` varchar(64) not null,
  `item` varchar(255) not null,
  `hash` varchar(255) null,
  `date_created` datetime null default CURRENT_TIMESTAMP,
  `date_updated` datetime null default CURRENT_TIMESTAMP,
  `user_created` char(36) null,
  `user_updated` char(36) null,
  `delta` json null,
  primary key (`id`),
  foreign key (`collection`) references `directus_collections` (`collection`) on delete cascade,
  foreign key (`user_created`) references `directus_users` (`id`) on delete set null,
  foreign key (`user_updated`) references `directus_users` (`id`) on delete no action
);

CREATE INDEX `directus_activity_timestamp_index` ON `directus_activity` (`timestamp`);

CREATE TABLE `directus_migrations` (
  `version` varchar(255) not null,
  `name` varchar(255) not null,
  `timestamp` datetime null default CURRENT_TIMESTAMP,
  primary key (`version`)
);
CREATE TABLE `directus_extensions` (
  `enabled` boolean not null default '1',
  `id` char(36) not null,
  `folder` varchar(255) not null,
  `source` varchar(255) not null,
  `bundle` char(36) null,
  primary key (`id`)
);
CREATE TABLE `directus_deployments` (
  `id` char(36) not null,
  `provider` varchar(255) not null,
  `credentials` text null,
  primary key (`id`)
);
