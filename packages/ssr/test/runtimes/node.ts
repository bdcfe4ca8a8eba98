// The server of Node: `node node.js PORT`.
import { createServer } from 'node:http';
import { Readable } from 'node:stream';
import { webRequest } from '../../src/adapters/node-request.ts';
import { answer } from './app.ts';

createServer(async (incoming, outgoing) => {
  const bare = webRequest(incoming, false);
  const body = incoming.method === 'POST' ? Buffer.concat(await incoming.toArray()) : null;
  const { status, headers, body: answered } = await answer(new Request(bare, { body }));
  outgoing.statusCode = status;
  for (const [name, value] of headers) outgoing.appendHeader(name, value);
  if (answered) Readable.fromWeb(answered as never).pipe(outgoing);
  else outgoing.end();
}).listen(Number(process.argv[2]), '127.0.0.1');
