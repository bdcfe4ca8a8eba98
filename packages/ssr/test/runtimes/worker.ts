// The module of a Cloudflare worker.
import { answer } from './app.ts';

export default { fetch: answer };
