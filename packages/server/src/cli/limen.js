#!/usr/bin/env node
// Plain JavaScript: this one file is compiled before the cache below is there, and everything else after it.
import { enableCompileCache } from 'node:module';
import { fileURLToPath } from 'node:url';
import { setFlagsFromString } from 'node:v8';

// Sources are compiled once, not at every start: that halves its time, and the compiler is not even loaded. Beside the
// code, not in the system's folder for temporary files, where others could put code for us to run.
enableCompileCache(fileURLToPath(new URL('../../node_modules/.cache/code', import.meta.url)));

// Loading leaves garbage that would make the young generation grow to its full size, 8 MB that an idle server then holds.
// `start` lets it grow again once it serves.
setFlagsFromString('--semi-space-growth-factor=1');

const { dispatch } = await import('./dispatch.ts');
process.exitCode = await dispatch(process.argv.slice(2));
