// The checks of the core on each runtime, against a real server.
//   npm run runtimes -w packages/ssr [-- node bun deno workerd]
import { RUNTIMES, type RuntimeName } from './runtime.ts';
import { startSubjects } from './subjects.ts';

const wanted = process.argv.slice(2) as RuntimeName[];
const subjects = await startSubjects();
try {
  for (const name of wanted.length > 0 ? wanted : RUNTIMES) {
    const began = performance.now();
    try {
      const passed = await subjects.check(name);
      const seconds = ((performance.now() - began) / 1000).toFixed(1);
      process.stdout.write(`ok   ${name}: ${passed} checks in ${seconds} s\n`);
    } catch (error) {
      process.exitCode = 1;
      process.stdout.write(`FAIL ${name}: ${error instanceof Error ? error.stack : String(error)}\n`);
    }
  }
} finally {
  await subjects.stop();
}
