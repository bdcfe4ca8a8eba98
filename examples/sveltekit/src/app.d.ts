import type { SessionLocals } from '@limen/ssr/sveltekit';
import type { Schema } from '#lib/schema.ts';

declare global {
  namespace App {
    interface Locals extends SessionLocals<Schema> {}
  }
}
