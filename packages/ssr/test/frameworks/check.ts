// The adapters against the types of their frameworks, as they are published: `npm run frameworks -w packages/ssr`.
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { installed } from '../installed.ts';

const FRAMEWORKS = [
  ...['hono@4.13.19', 'express@5.3.0', '@types/express@5.0.6', 'fastify@5.12.8', 'react-router@8.5.1'],
  ...['@solidjs/start@2.0.5', '@solidjs/router@1.0.0', 'solid-js@1.9.19'],
  ...['@tanstack/react-start@1.169.5', '@tanstack/react-router', 'react@19', 'react-dom@19'],
  ...['@types/node@24.19.2', '@directus/sdk@26.0.0'],
];

const here = fileURLToPath(new URL('.', import.meta.url));
const tsc = fileURLToPath(new URL('../../../../node_modules/typescript/bin/tsc', import.meta.url));
const run = (...args: string[]) => execFileSync(process.execPath, [tsc, ...args], { stdio: 'inherit' });

const folder = mkdtempSync(join(await installed(FRAMEWORKS), 'check-'));
try {
  const own = join(folder, 'node_modules/@limen/ssr');
  mkdirSync(own, { recursive: true });
  cpSync(join(here, '../../package.json'), join(own, 'package.json'));
  run('-p', join(here, '../../tsconfig.build.json'), '--outDir', join(own, 'dist'));
  const files = readdirSync(here).filter((name) => name.endsWith('.mts'));
  for (const name of files) cpSync(join(here, name), join(folder, name));
  const compilerOptions = {
    ...{ strict: true, noEmit: true, skipLibCheck: true, target: 'ES2024', lib: ['ES2024', 'DOM', 'DOM.Iterable'] },
    ...{ module: 'preserve', moduleResolution: 'bundler', types: ['node'] },
  };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['*.mts'] }));
  run('-p', join(folder, 'tsconfig.json'));
  process.stdout.write(`ok   ${files.filter((name) => name !== 'schema.mts').length} frameworks\n`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
