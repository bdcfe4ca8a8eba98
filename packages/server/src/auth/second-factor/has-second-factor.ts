/** Whether a password alone does not let this user in; for the row of directus_users under `alias`. */
export const hasSecondFactor = (alias: string): string =>
  `${alias}.tfa_secret IS NOT NULL
   OR EXISTS (SELECT 1 FROM limen_second_factors f WHERE f."user" = ${alias}.id AND f.passkey)`;
