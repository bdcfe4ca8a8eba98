import { useCallback, useState } from 'react';

export interface Attempt {
  readonly busy: boolean;
  /** What the last attempt threw, or null. */
  readonly failure: unknown;
  /** Does something that may fail; resolves with whether it worked. */
  attempt(work: () => Promise<void>): Promise<boolean>;
  /** Takes the last failure away. */
  clear(): void;
}

/** For buttons and forms that ask the API for something: one thing at a time, with its failure to be shown. */
export function useAttempt(): Attempt {
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<unknown>(null);
  const attempt = useCallback(async (work: () => Promise<void>): Promise<boolean> => {
    setBusy(true);
    setFailure(null);
    try {
      await work();
      return true;
    } catch (error) {
      setFailure(error);
      return false;
    } finally {
      setBusy(false);
    }
  }, []);
  const clear = useCallback(() => setFailure(null), []);
  return { busy, failure, attempt, clear };
}
