import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** Builds the Studio from the sources that are there, unless it is; tests of it fail where that can't be done. */
export function build(): void {
  const script = fileURLToPath(new URL('../../../scripts/studio.ts', import.meta.url));
  const { status } = spawnSync(process.execPath, [script], { stdio: 'inherit' });
  if (status !== 0) throw new Error('The Studio could not be built.');
}
