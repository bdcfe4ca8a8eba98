// Limen with a test provider, for working on an example: `node examples/test/start.ts [origin of the app] [example]`.
// Everything is gone when it ends.
import { ADMIN } from '../../packages/server/test/started-server.ts';
import { setUp, startBackend } from './backend.ts';

const [origin = 'http://localhost:5173', example = 'sveltekit'] = process.argv.slice(2);
const backend = await startBackend({ origin });
await setUp(new URL(`../${example}`, import.meta.url).pathname, backend.url);
console.log(`Limen is ready for the app at ${origin}. Start the example with\n  LIMEN_URL=${backend.url} npm run dev`);
console.log(`The administrator is ${ADMIN.email} with the password ${ADMIN.password}. Stop it with Ctrl+C.`);
process.once('SIGINT', () => void backend.stop().then(() => process.exit(0)));
