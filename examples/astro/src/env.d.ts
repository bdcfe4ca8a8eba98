import type { SessionLocals } from '@limen/ssr/astro';
import type { Schema } from './schema';

declare global {
  namespace App {
    interface Locals extends SessionLocals<Schema> {}
  }
}
