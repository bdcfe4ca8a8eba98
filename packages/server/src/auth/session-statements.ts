import type { Store } from '../store/types.ts';
import { hasSecondFactor } from './second-factor/has-second-factor.ts';
import { statement } from './statements.ts';

/**
 * Columns of directus_sessions beside the documented ones, all nullable: `limen_kind` (`refresh` or `session`; null in rows
 * of another server, whose tokens are plain), `limen_family` (what all tokens of one login share) and `limen_rotated_at`
 * (when this token took its predecessor's place); `limen_created_at` (the login), `limen_issued_at` (the access token made
 * with this row) and `limen_seen_at` (somebody came with it; at most a minute old). A row with `next_token` is spent and
 * only here for its grace period, at whose end it expires.
 */
const OWNER = `"user",
  (SELECT u.role FROM directus_users u WHERE u.id = directus_sessions."user") AS role,
  (SELECT ${hasSecondFactor('u')} FROM directus_users u WHERE u.id = directus_sessions."user") AS tfa`;

/** The current token of an active user; parameters: hash, kind, now. */
const CURRENT = `token = ? AND limen_kind = ? AND next_token IS NULL AND expires > ? AND share IS NULL
  AND EXISTS (SELECT 1 FROM directus_users u WHERE u.id = directus_sessions."user" AND u.status = 'active')`;

const ENDED = 'token, "user", limen_kind AS kind, limen_issued_at AS issued';

const TEXTS = {
  insert: `INSERT INTO directus_sessions (token, "user", expires, ip, user_agent, origin, limen_family, limen_kind,
      limen_created_at, limen_issued_at, limen_seen_at)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,

  replace: `UPDATE directus_sessions SET token = ?, expires = ?, limen_family = ?, limen_rotated_at = ?,
      limen_issued_at = ?, limen_seen_at = ?
    WHERE ${CURRENT} RETURNING ${OWNER}`,

  spend: `UPDATE directus_sessions SET next_token = ?, limen_family = ?,
      expires = CASE WHEN expires < ? THEN expires ELSE ? END
    WHERE ${CURRENT} RETURNING ${OWNER}`,

  succeed: `INSERT INTO directus_sessions
      (token, expires, limen_rotated_at, limen_issued_at, limen_seen_at,
       "user", ip, user_agent, origin, limen_family, limen_kind, limen_created_at)
    SELECT ?, ?, ?, ?, ?,
      "user", ip, user_agent, origin, limen_family, limen_kind, limen_created_at
    FROM directus_sessions WHERE token = ?`,

  follow: `SELECT s.next_token, s.limen_issued_at AS issued, s."user", u.role, (${hasSecondFactor('u')}) AS tfa
    FROM directus_sessions s JOIN directus_users u ON u.id = s."user"
    WHERE s.token = ? AND s.limen_kind = ? AND s.expires > ? AND s.share IS NULL AND u.status = 'active'`,

  issue: 'UPDATE directus_sessions SET limen_issued_at = ? WHERE token = ?',

  issued: 'SELECT limen_issued_at AS issued FROM directus_sessions WHERE token = ?',

  find: `SELECT "user", expires FROM directus_sessions
    WHERE token = ? AND limen_kind = 'session' AND expires > ? AND share IS NULL AND "user" IS NOT NULL`,

  adopt: `UPDATE directus_sessions SET token = ?, limen_kind = ?
    WHERE token = ? AND limen_kind IS NULL AND next_token IS NULL AND expires > ?`,

  adoptable: 'SELECT 1 FROM directus_sessions WHERE token = ? AND limen_kind IS NULL',

  end: `DELETE FROM directus_sessions WHERE limen_kind = ? AND (token = ? OR limen_family = ?) RETURNING ${ENDED}`,

  endFamily: `DELETE FROM directus_sessions WHERE "user" = ? AND limen_family = ? RETURNING ${ENDED}`,

  endAll: `DELETE FROM directus_sessions WHERE "user" = ? RETURNING ${ENDED}`,

  endOthers: `DELETE FROM directus_sessions WHERE "user" = ? AND token <> ?
    AND (limen_family IS NULL OR NOT EXISTS (
      SELECT 1 FROM directus_sessions asking
      WHERE asking.token = ? AND asking.limen_family = directus_sessions.limen_family)) RETURNING ${ENDED}`,

  endCodes: 'DELETE FROM limen_hand_offs WHERE "user" = ?',

  endReused: `DELETE FROM directus_sessions WHERE limen_family = ? AND limen_kind = ?
    AND EXISTS (
      SELECT 1 FROM directus_sessions newest
      WHERE newest.limen_family = ? AND newest.limen_kind = ? AND newest.next_token IS NULL
        AND newest.limen_rotated_at <= ?)
    RETURNING ${ENDED}`,

  purge: `DELETE FROM directus_sessions WHERE token IN (
    SELECT token FROM directus_sessions WHERE expires <= ? LIMIT ?)`,
};

export type SessionTexts = Readonly<Record<keyof typeof TEXTS, string>>;

/** The statements in the words of the store's dialect. */
export function sessionTexts(store: Pick<Store, 'placeholder'>): SessionTexts {
  const texts = Object.entries(TEXTS).map(([name, text]) => [name, statement(store, text)]);
  return Object.fromEntries(texts) as SessionTexts;
}
