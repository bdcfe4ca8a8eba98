#!/usr/bin/env node
import { enableCompileCache } from 'node:module';
import { fileURLToPath } from 'node:url';

// Sources are compiled once, not at every start (this halves its time). Beside the code, not in the system's folder for
// temporary files, where others could put code for us to run. Before anything else is loaded: it counts from here on.
enableCompileCache(fileURLToPath(new URL('../../node_modules/.cache/code', import.meta.url)));

const { dispatch } = await import('./dispatch.ts');
process.exitCode = await dispatch(process.argv.slice(2));
