import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** Before any test: the Studio is built from the sources that are there. Tests of the Studio fail where it can't be. */
export default function build(): void {
  const script = fileURLToPath(new URL('../../../scripts/studio.ts', import.meta.url));
  const { status } = spawnSync(process.execPath, [script], { stdio: 'inherit' });
  if (status !== 0) process.stderr.write('\n!!! THE STUDIO COULD NOT BE BUILT\n\n');
}
