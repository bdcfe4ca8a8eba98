import type { DialectName, Transaction } from '../types.ts';

/** One step of the database's history. Once released it is never changed; what comes later is a step of its own. */
export interface Migration {
  /** Sorts after all earlier ones. */
  readonly name: string;
  apply(tx: Transaction, dialect: DialectName): Promise<void>;
}
