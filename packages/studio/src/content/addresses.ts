/** Where the API serves a collection's items: `/items/posts`, and `/users` for `directus_users`. */
export const pathOf = (collection: string): string =>
  collection.startsWith('directus_')
    ? `/${collection.slice('directus_'.length)}`
    : `/items/${encodeURIComponent(collection)}`;

/** Where the API serves one item. */
export const itemPathOf = (collection: string, key: string | number): string =>
  `${pathOf(collection)}/${encodeURIComponent(key)}`;

/** The Studio's page of a collection. */
export const listPlace = (collection: string): string => `/content/${encodeURIComponent(collection)}`;

/** The Studio's page of an item; `+` for one that is to be made. */
export const itemPlace = (collection: string, key: string | number): string =>
  `${listPlace(collection)}/${encodeURIComponent(key)}`;
