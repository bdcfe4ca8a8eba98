// The server of Bun and of Deno: `bun serve.js PORT`, `deno run serve.js PORT`.
import { answer } from './app.ts';

type Answer = (request: Request) => Promise<Response>;

interface Runtime {
  readonly Bun?: { readonly argv: readonly string[]; serve(options: object): unknown };
  readonly Deno?: { readonly args: readonly string[]; serve(options: object, answer: Answer): unknown };
}

const { Bun, Deno } = globalThis as unknown as Runtime;
const port = Number(Bun?.argv.at(-1) ?? Deno?.args[0]);
const place = { hostname: '127.0.0.1', port };
if (Bun) Bun.serve({ ...place, fetch: answer });
else Deno?.serve(place, answer);
