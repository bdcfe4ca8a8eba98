import { connect } from 'node:net';

/** Bytes that are no request, or one that parsers quarrel about. */
export const RAW_CONNECTIONS: Readonly<Record<string, string | Uint8Array>> = {
  'no request at all': '\r\n\r\n\r\n',
  'a word': 'hello\r\n\r\n',
  'an unknown method': 'FOO /items/posts HTTP/1.1\r\nhost: x\r\n\r\n',
  'a method in small letters': 'get /items/posts HTTP/1.1\r\nhost: x\r\n\r\n',
  'an unknown version': 'GET /items/posts HTTP/9.9\r\nhost: x\r\n\r\n',
  'version 1.0': 'GET /items/posts HTTP/1.0\r\n\r\n',
  'no host': 'GET /items/posts HTTP/1.1\r\n\r\n',
  'two hosts': 'GET /items/posts HTTP/1.1\r\nhost: a\r\nhost: b\r\nconnection: close\r\n\r\n',
  'two spaces': 'GET  /items/posts HTTP/1.1\r\nhost: x\r\n\r\n',
  'a NUL in the path': 'GET /items/po\0sts HTTP/1.1\r\nhost: x\r\n\r\n',
  'broken UTF-8 in the path': Buffer.concat([
    Buffer.from('GET /items/'),
    Buffer.from([0xff, 0xc3, 0x28]),
    Buffer.from(' HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n'),
  ]),
  'a NUL in a header': 'GET /items/posts HTTP/1.1\r\nhost: x\r\nx-a: a\0b\r\n\r\n',
  'a header without a colon': 'GET /items/posts HTTP/1.1\r\nhost x\r\n\r\n',
  'a header with a space before the colon': 'GET /items/posts HTTP/1.1\r\nhost : x\r\n\r\n',
  'a folded header': 'GET /items/posts HTTP/1.1\r\nhost: x\r\nx-a: a\r\n b\r\nconnection: close\r\n\r\n',
  'a hundred kilobytes of header': `GET /items/posts HTTP/1.1\r\nhost: x\r\nx-a: ${'a'.repeat(100_000)}\r\n\r\n`,
  'five thousand headers': `GET /items/posts HTTP/1.1\r\nhost: x\r\n${Array.from({ length: 5_000 }, (_, n) => `a${n}: b\r\n`).join('')}\r\n`,
  'a hundred kilobytes of path': `GET /items/posts?search=${'a'.repeat(100_000)} HTTP/1.1\r\nhost: x\r\n\r\n`,
  'two lengths': 'POST /items/posts HTTP/1.1\r\nhost: x\r\ncontent-length: 2\r\ncontent-length: 3\r\n\r\n{}x',
  'a length and chunks':
    'POST /items/posts HTTP/1.1\r\nhost: x\r\ncontent-length: 5\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\nGET /users HTTP/1.1\r\nhost: x\r\n\r\n',
  'a negative length': 'POST /items/posts HTTP/1.1\r\nhost: x\r\ncontent-length: -1\r\n\r\n{}',
  'a length of words': 'POST /items/posts HTTP/1.1\r\nhost: x\r\ncontent-length: many\r\n\r\n{}',
  'broken chunks':
    'POST /items/posts HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n',
  'an unknown transfer encoding': 'POST /items/posts HTTP/1.1\r\nhost: x\r\ntransfer-encoding: gzip\r\n\r\n{}',
  'line feeds only': 'GET /items/posts HTTP/1.1\nhost: x\n\n',
  'a whole address': 'GET http://elsewhere.example/items/posts HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n',
  'an asterisk': 'OPTIONS * HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n',
  'a proxy connection': 'CONNECT elsewhere.example:443 HTTP/1.1\r\nhost: x\r\n\r\n',
  'an upgrade to nothing': 'GET /items/posts HTTP/1.1\r\nhost: x\r\nconnection: upgrade\r\nupgrade: nonsense\r\n\r\n',
  'a socket on a path without one':
    'GET /items/posts HTTP/1.1\r\nhost: x\r\nconnection: upgrade\r\nupgrade: websocket\r\nsec-websocket-version: 13\r\nsec-websocket-key: x\r\n\r\n',
  'HTTP/2': 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
  TLS: Buffer.from('16030100c8010000c403035f', 'hex'),
  'an expectation nobody knows':
    'POST /items/posts HTTP/1.1\r\nhost: x\r\nexpect: miracles\r\ncontent-length: 2\r\nconnection: close\r\n\r\n{}',
  'an expectation and no body':
    'POST /items/posts HTTP/1.1\r\nhost: x\r\nexpect: 100-continue\r\ncontent-length: 20\r\n\r\n',
  'half a body':
    'POST /items/posts HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{"title":',
  'half a header': 'GET /items/posts HTTP/1.1\r\nho',
  'a token with broken letters': Buffer.concat([
    Buffer.from('GET /users/me HTTP/1.1\r\nhost: x\r\nconnection: close\r\nauthorization: Bearer '),
    Buffer.from([0xff, 0xfe, 0x80]),
    Buffer.from('\r\n\r\n'),
  ]),
};

/** Sends bytes, then ends the sending side; everything that comes back until the server closes or `waitMs` are over. */
export function converse(port: number, bytes: string | Uint8Array, waitMs: number): Promise<string> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    const socket = connect(port, '127.0.0.1', () => {
      socket.write(bytes);
      setTimeout(() => socket.end(), waitMs / 2);
    });
    const timer = setTimeout(() => socket.destroy(), waitMs);
    socket.on('data', (chunk: Buffer) => chunks.push(chunk));
    socket.on('error', () => {});
    socket.once('close', () => {
      clearTimeout(timer);
      resolve(Buffer.concat(chunks).toString('latin1'));
    });
  });
}
