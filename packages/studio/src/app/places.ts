/** The path that the Studio is served under, with slashes at both ends: `/admin/`. The server writes it into the page. */
export const BASE = new URL('.', document.baseURI).pathname;

/** The address of the API, without a slash at its end. */
export const API = new URL('..', new URL(BASE, document.baseURI)).href.replace(/\/$/, '');

/** The address of a path of the Studio, for people who are not here: mails, providers. */
export const placeOf = (path: string): string => new URL(path.replace(/^\//, ''), new URL(BASE, document.baseURI)).href;
