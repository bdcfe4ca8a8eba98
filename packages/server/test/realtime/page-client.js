// What the page of an application does with the clients that people use. Everything that arrives is kept in order.
import { authentication, createDirectus, graphql, realtime, rest, staticToken } from '@directus/sdk';
import { createClient } from 'graphql-ws';

const heard = [];
const said = [];
let opened = 0;
let client;

async function follow(sdk) {
  client = sdk;
  client.onWebSocket('message', (message) => said.push(message));
  client.onWebSocket('open', () => {
    opened += 1;
  });
  await client.connect();
  const { subscription } = await client.subscribe('notes', { query: { fields: ['id', 'text'] } });
  const init = await subscription.next();
  (async () => {
    for await (const { event, data } of subscription) heard.push({ event, data });
  })();
  return init.value;
}

globalThis.app = {
  heard,
  said,
  /** Connections so far. */
  opened: () => opened,
  followByToken: (url, token) =>
    follow(
      createDirectus(url)
        .with(staticToken(token))
        .with(realtime({ authMode: 'handshake' }))
        .with(graphql()),
    ),
  async followBySession(url, email, password) {
    const sdk = createDirectus(url)
      .with(authentication('session', { credentials: 'include' }))
      .with(realtime({ authMode: 'strict' }))
      .with(graphql({ credentials: 'include' }));
    await sdk.login({ email, password });
    return follow(sdk);
  },
  async followByLogin(url, email, password) {
    const sdk = createDirectus(url)
      .with(authentication('json', { autoRefresh: true, msRefreshBeforeExpires: 1_500 }))
      .with(realtime({ authMode: 'handshake' }))
      .with(rest());
    await sdk.login({ email, password });
    return follow(sdk);
  },
  query: (document) => client.query(document),
  followByGraphql(url, token) {
    const socket = createClient({
      url: `${url.replace('http', 'ws')}/graphql`,
      connectionParams: { access_token: token },
      retryAttempts: 0,
    });
    return new Promise((resolve, reject) => {
      const ask = (query, next) => socket.subscribe({ query }, { next, error: reject, complete() {} });
      ask('subscription { notes_mutated { key event data { text } } }', ({ data }) => heard.push(data.notes_mutated));
      // The server does one thing after the other: it follows once it answers.
      ask('{ notes { text } }', ({ data }) => resolve(data.notes));
    });
  },
};
