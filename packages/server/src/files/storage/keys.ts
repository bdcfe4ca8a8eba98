const MAX_KEY_LENGTH = 255;

/**
 * Whether a key may reach a storage: a relative path without empty, `.` or `..` parts, without backslashes and control
 * characters, and not in the hidden folders that the server keeps for itself. Keys of rows that another server wrote, or
 * that somebody changed in the database, are held to the same.
 */
export function isObjectKey(key: string): boolean {
  return (
    key.length <= MAX_KEY_LENGTH &&
    key.split('/').every((part) => part !== '' && !part.startsWith('.') && !BAD.test(part))
  );
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: such names are what has to be found.
const BAD = /[\\:\u0000-\u001f\u007f]/;

/** Where results of transformations of an object are kept: a hidden folder of its own, so that they go with it. */
export const variantFolder = (key: string): string => `${OWN_FOLDER}/variants/${key}/`;

export const OWN_FOLDER = '.limen';
