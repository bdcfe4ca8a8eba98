import type { SessionContext } from '@limen/ssr/nuxt';
import type { Schema } from './schema';

declare module 'h3' {
  interface H3EventContext extends SessionContext<Schema> {}
}
