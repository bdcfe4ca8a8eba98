import { forbidden } from '../errors/index.ts';
import type { CurrentSchema } from '../schema/current.ts';
import type { ModelViewer } from '../schema/viewer.ts';

/** Who asks, and the model that is asked about or changed. */
export interface ModelContext {
  readonly schema: CurrentSchema;
  readonly viewer: ModelViewer;
}

/** Changing the model is for administrators. */
export function assertMayChange(context: ModelContext): void {
  if (!context.viewer.admin) throw forbidden();
}

export function assertMayRead(context: ModelContext, kind: 'collections' | 'fields' | 'relations'): void {
  if (!context.viewer.admin && !context.viewer.mayReadModel(kind)) throw forbidden();
}
