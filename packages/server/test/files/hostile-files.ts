import { crc32, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import sharp from 'sharp';
import type { SentFile } from './file-client.ts';

type Bytes = Uint8Array<ArrayBuffer>;

const SCRIPT = '<script>alert(document.cookie)</script>';
const PAGE = `<!doctype html><html><body onload="alert(1)">${SCRIPT}</body></html>`;
const SVG = `<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)">${SCRIPT}</svg>`;

const bytes = (...parts: (string | Uint8Array)[]): Bytes =>
  new Uint8Array(Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : part))));

function chunk(type: string, data: Uint8Array): Buffer {
  const head = Buffer.alloc(4);
  head.writeUInt32BE(data.length);
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([head, body, sum]);
}

/** A PNG that claims a size; its pixels are whatever `data` unpacks to. */
function png(width: number, height: number, data: Uint8Array): Bytes {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 0, 0, 0, 0], 8);
  return bytes('\x89PNG\r\n\x1a\n', chunk('IHDR', header), chunk('IDAT', data), chunk('IEND', new Uint8Array()));
}

function gif(width: number, height: number, rest: string): Bytes {
  const size = Buffer.alloc(4);
  size.writeUInt16LE(width, 0);
  size.writeUInt16LE(height, 2);
  return bytes('GIF89a', size, '\x80\0\0\0\0\0\xff\xff\xff,\0\0\0\0\x01\0\x01\0\0\x02\x02D\x01\0;', rest);
}

/** A ZIP with one member; its name is not checked by whoever packs. */
function zip(name: string, content: Uint8Array, claimedSize = content.length): Bytes {
  const packed = deflateRawSync(content);
  const local = Buffer.alloc(30);
  local.writeUInt32LE(0x04034b50, 0);
  local.writeUInt16LE(20, 4);
  local.writeUInt16LE(8, 8);
  local.writeUInt32LE(crc32(content), 14);
  local.writeUInt32LE(packed.length, 18);
  local.writeUInt32LE(claimedSize >>> 0, 22);
  local.writeUInt16LE(name.length, 26);
  return bytes(local, name, packed);
}

/** A TIFF whose only directory is its own next one. */
const LOOPING_TIFF = bytes('II*\0\x08\0\0\0\0\0\x08\0\0\0');

async function images(): Promise<Record<'png' | 'jpeg' | 'webp' | 'gif' | 'tiff' | 'avif', Buffer>> {
  const make = () => sharp({ create: { width: 60, height: 40, channels: 3, background: '#336699' } });
  const [p, j, w, g, t, a] = await Promise.all([
    make().png().toBuffer(),
    make()
      .jpeg()
      .withExif({ IFD0: { Copyright: PAGE } })
      .toBuffer(),
    make().webp().toBuffer(),
    make().gif().toBuffer(),
    make().tiff().toBuffer(),
    make().avif().toBuffer(),
  ]);
  return { png: p, jpeg: j, webp: w, gif: g, tiff: t, avif: a };
}

/** Files that were made to do harm: to who stores them, who opens them, or who is shown them. */
export async function hostileFiles(): Promise<readonly SentFile[]> {
  const real = await images();
  const zeros = deflateSync(new Uint8Array(50_000_000));
  const file = (name: string, type: string, content: string | Uint8Array): SentFile => ({
    name,
    type,
    content: typeof content === 'string' ? content : new Uint8Array(content),
  });
  return [
    // Pages and programs, by their own names.
    file('page.html', 'text/html', PAGE),
    file('page.xhtml', 'application/xhtml+xml', `<html xmlns="http://www.w3.org/1999/xhtml">${SCRIPT}</html>`),
    file(
      'page.xml',
      'text/xml',
      `<?xml version="1.0"?><x:script xmlns:x="http://www.w3.org/1999/xhtml">alert(1)</x:script>`,
    ),
    file(
      'style.xsl',
      'application/xslt+xml',
      '<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"/>',
    ),
    file('drawing.svg', 'image/svg+xml', SVG),
    file('drawing.svgz', 'image/svg+xml', gzipSync(SVG)),
    file('script.js', 'text/javascript', 'alert(1)'),
    file('module.wasm', 'application/wasm', bytes('\0asm\x01\0\0\0')),
    file('mail.eml', 'message/rfc822', `MIME-Version: 1.0\r\nContent-Type: text/html\r\n\r\n${PAGE}`),
    file('archive.mhtml', 'multipart/related', `MIME-Version: 1.0\r\n\r\n${PAGE}`),
    file('movie.swf', 'application/x-shockwave-flash', bytes('FWS\x06')),
    file('active.pdf', 'application/pdf', '%PDF-1.4\n1 0 obj<</OpenAction<</S/JavaScript/JS(app.alert(1))>>>>endobj'),
    file('shell.php', 'application/x-httpd-php', '<?php system($_GET["c"]);'),
    file('.htaccess', 'text/plain', 'AddType application/x-httpd-php .png'),
    file('program.exe', 'application/x-msdownload', bytes('MZ\x90\0')),
    file('macro.docm', 'application/vnd.ms-word.document.macroenabled.12', zip('word/vbaProject.bin', bytes('x'))),
    file('worker.css', 'text/css', 'body{background:url(https://example.com/?leak)}'),
    file('feed.rss', 'application/rss+xml', `<rss><description><![CDATA[${SCRIPT}]]></description></rss>`),
    file('entities.xml', 'application/xml', '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'),
    file(
      'laughs.svg',
      'image/svg+xml',
      `<!DOCTYPE svg [<!ENTITY a "${'a'.repeat(1000)}"><!ENTITY b "${'&a;'.repeat(1000)}"><!ENTITY c "${'&b;'.repeat(1000)}">]><svg xmlns="http://www.w3.org/2000/svg"><text>&c;</text></svg>`,
    ),
    file(
      'remote.svg',
      'image/svg+xml',
      '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"><image xlink:href="file:///etc/passwd"/><image xlink:href="http://169.254.169.254/"/></svg>',
    ),
    // Said to be what they are not.
    file('page.png', 'image/png', PAGE),
    file('drawing.png', 'image/png', SVG),
    file('page.jpg', 'image/jpeg', PAGE),
    file('program.gif', 'image/gif', bytes('MZ\x90\0')),
    file('script.png', 'text/html', real.png),
    file('jpeg.png', 'image/png', real.jpeg),
    file('page.txt', 'text/plain', PAGE),
    file('page.bin', 'application/octet-stream', PAGE),
    file('page', 'not a type', PAGE),
    file('page.png', 'image/png;\u00e4"<script>', PAGE),
    file('two.html.png', 'image/png', PAGE),
    file('wide.txt', 'text/plain', bytes('\xff\xfe', Buffer.from(PAGE, 'utf16le'))),
    file('seven.txt', 'text/plain', '+ADw-script+AD4-alert(1)+ADw-/script+AD4-'),
    // Two things in one.
    file('gif.js', 'image/gif', bytes('GIF89a/*', gif(1, 1, ''), '*/=1;alert(1)')),
    file('gifpage.gif', 'image/gif', gif(1, 1, PAGE)),
    file('pngpage.png', 'image/png', bytes(real.png, PAGE)),
    file('jpegzip.jpg', 'image/jpeg', bytes(real.jpeg, zip('../../../evil.sh', bytes('#!/bin/sh')))),
    file('gifar.gif', 'image/gif', bytes(gif(1, 1, ''), zip('META-INF/MANIFEST.MF', bytes('Main-Class: Evil')))),
    file('pdfpage.pdf', 'application/pdf', `%PDF-1.4\n${PAGE}`),
    // Larger than they look, or than they are.
    file('huge.png', 'image/png', png(60_000, 60_000, deflateSync(new Uint8Array(1_000)))),
    file('overflow.png', 'image/png', png(2_147_483_647, 2_147_483_647, deflateSync(new Uint8Array(10)))),
    file('bomb.png', 'image/png', png(7_000, 7_000, zeros)),
    file('huge.gif', 'image/gif', gif(65_535, 65_535, '')),
    file('bomb.zip', 'application/zip', zip('zeros', new Uint8Array(20_000_000), 4_294_967_295)),
    file('slip.zip', 'application/zip', zip('../../../../etc/cron.d/evil', bytes('* * * * * root true'))),
    file('loop.tiff', 'image/tiff', LOOPING_TIFF),
    // Broken.
    file('half.png', 'image/png', real.png.subarray(0, real.png.length / 2)),
    file('half.jpg', 'image/jpeg', real.jpeg.subarray(0, real.jpeg.length / 2)),
    file('half.webp', 'image/webp', real.webp.subarray(0, 20)),
    file('half.avif', 'image/avif', real.avif.subarray(0, real.avif.length / 2)),
    file('header.tiff', 'image/tiff', real.tiff.subarray(0, 9)),
    file(
      'exif.jpg',
      'image/jpeg',
      bytes(real.jpeg.subarray(0, 30), '\xff\xe1\xff\xffExif\0\0II*\0\xff\xff\xff\xff', real.jpeg.subarray(30)),
    ),
    file('empty.png', 'image/png', ''),
    // Named to be something else, or somewhere else.
    file('../../../../etc/passwd', 'text/plain', 'x'),
    file('..\\..\\windows\\win.ini', 'text/plain', 'x'),
    file('/etc/passwd', 'text/plain', 'x'),
    file('C:\\autoexec.bat', 'text/plain', 'x'),
    file('%2e%2e%2fetc%2fpasswd', 'text/plain', 'x'),
    file('a\u0000.png', 'text/plain', 'x'),
    file('gnp.\u202eexe.txt', 'text/plain', 'x'),
    file('a"; filename="b.html', 'text/plain', 'x'),
    file('a\r\nset-cookie: evil=1', 'text/plain', 'x'),
    file(`${'n'.repeat(5_000)}.txt`, 'text/plain', 'x'),
    file('CON', 'text/plain', 'x'),
    file('..', 'text/plain', 'x'),
    file(' ', 'text/plain', 'x'),
    file('<img src=x onerror=alert(1)>.txt', 'text/plain', 'x'),
    file("'; drop table directus_files; --.txt", 'text/plain', 'x'),
    file('\ud800.txt', 'text/plain', 'x'),
  ];
}
