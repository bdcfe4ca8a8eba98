import { ApiError, invalidPayload } from '../../errors/index.ts';

/** Does something about one part of a model; what is wrong with the payload is said with the name of the part. */
export function named<T>(name: string, work: () => T): T {
  try {
    const done = work();
    return done instanceof Promise ? (done.catch((error: unknown) => rename(name, error)) as T) : done;
  } catch (error) {
    return rename(name, error);
  }
}

function rename(name: string, error: unknown): never {
  if (error instanceof ApiError && error.code === 'INVALID_PAYLOAD') {
    throw invalidPayload(`"${name}": ${String(error.extensions.reason ?? error.message)}`, error.cause);
  }
  throw error;
}
