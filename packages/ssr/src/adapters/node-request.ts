import { type CookieChange, serializeCookie } from '../index.ts';

/** What of a `http.IncomingMessage` is used; nothing of Node is imported. */
export interface NodeRequest {
  readonly method?: string | undefined;
  readonly url?: string | undefined;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
}

/** What of a `http.ServerResponse` is used. */
export interface NodeResponse {
  readonly headersSent: boolean;
  getHeader(name: string): unknown;
  setHeader(name: string, value: string | readonly string[]): unknown;
}

/** A request of the web for one of Node, without its body, which belongs to the framework. */
export function webRequest(request: NodeRequest, secure: boolean): Request {
  const headers = new Headers();
  for (const [name, value] of Object.entries(request.headers)) {
    if (name.startsWith(':')) continue; // HTTP/2
    for (const one of value === undefined ? [] : [value].flat()) headers.append(name, one as string);
  }
  const host = headers.get('host') ?? headers.get(':authority') ?? 'localhost';
  const base = URL.parse(`${secure ? 'https' : 'http'}://${host}`) ?? new URL('http://localhost');
  // Not resolved against the base: `//elsewhere` is a path here.
  const path = request.url?.startsWith('/') ? request.url : '/';
  return new Request(`${base.origin}${path}`, { method: request.method ?? 'GET', headers });
}

/** Puts cookies into an answer at once, each name once. */
export function putCookies(response: NodeResponse, changes: readonly CookieChange[]): void {
  const names = new Set(changes.map(({ name }) => name));
  const there = [response.getHeader('set-cookie') ?? []].flat().map(String);
  const others = there.filter((cookie) => !names.has(cookie.slice(0, cookie.indexOf('='))));
  response.setHeader('set-cookie', [...others, ...changes.map(serializeCookie)]);
  response.setHeader('cache-control', 'private, no-store');
}
