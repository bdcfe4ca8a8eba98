import { ask } from '../../session/api.ts';

/** One request to the API, and the one that takes it back if a later one is refused. */
export interface Step {
  readonly path: string;
  readonly body: unknown;
  readonly undo: string;
}

/**
 * Makes one thing after the other. When one is refused, those made before it are taken back, so that no half of a
 * relation stays; throws the refusal.
 */
export async function makeAll(steps: readonly Step[]): Promise<void> {
  const made: Step[] = [];
  try {
    for (const step of steps) {
      await ask(step.path, { method: 'POST', body: step.body });
      made.unshift(step);
    }
  } catch (error) {
    for (const { undo } of made) await ask(undo, { method: 'DELETE' }).catch(() => undefined);
    throw error;
  }
}
