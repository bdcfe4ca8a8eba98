import type { Row, Store, Transaction } from '../store/types.ts';
import { BEGINNING, type Chain, ENTRY_COLUMNS } from './chain.ts';

/** Entries that one transaction seals; others want to write, too. */
const BATCH = 200;
/**
 * Entries of PostgreSQL may be committed after some with a higher number. Further back than this none is looked for while
 * the server runs; at its next start every one is.
 */
const LATE = 10_000;
/** Any number that nobody else takes. */
const LOCK = 0x7365616c73;

/** All seals of a batch as one statement. */
const INSERT = {
  sqlite: `insert into limen_seals (position, activity, seal)
    select value ->> 0, value ->> 1, value ->> 2 from json_each(?)`,
  postgres: `insert into limen_seals (position, activity, seal)
    select (value ->> 0)::bigint, (value ->> 1)::integer, value ->> 2 from json_array_elements($1::json)`,
} as const;

/**
 * Continues the chain over the activity log. Entries are sealed shortly after they were written, in a transaction of its
 * own, so that writers don't have to wait for each other; of several nodes one at a time does it.
 */
export class Sealer {
  readonly #store: Store;
  readonly #chain: Chain;
  /** Up to this number every entry was seen sealed. */
  #floor = 0;

  constructor(store: Store, chain: Chain) {
    this.#store = store;
    this.#chain = chain;
  }

  /** Seals what is open; how many entries. */
  async sealAll(): Promise<number> {
    let all = 0;
    for (;;) {
      if (!(await this.#hasOpen())) return all;
      const sealed = await this.#store.transaction((tx) => this.#sealBatch(tx));
      all += sealed;
      if (sealed < BATCH) return all;
    }
  }

  /** Without a write where there is nothing to do. */
  async #hasOpen(): Promise<boolean> {
    return (await this.#store.rows(`select 1 from ${this.#open()} limit 1`, [this.#floor])).length > 0;
  }

  #open(): string {
    return `directus_activity a where a.id > ${this.#store.placeholder(1)}
      and not exists (select 1 from limen_seals s where s.activity = a.id)`;
  }

  async #sealBatch(tx: Transaction): Promise<number> {
    if (this.#store.dialect === 'postgres') {
      const [row] = await tx.rows('select pg_try_advisory_xact_lock($1)', [LOCK]);
      if (row?.[0] !== true) return 0;
    }
    const last = await tx.get<{ position: unknown; seal: string }>(
      'select position, seal from limen_seals order by position desc limit 1',
    );
    const entries = await tx.all<Row>(`select ${ENTRY_COLUMNS} from ${this.#open()} order by a.id limit ${BATCH}`, [
      this.#floor,
    ]);
    let position = Number(last?.position ?? 0);
    let seal = last?.seal ?? BEGINNING;
    const seals = entries.map((entry) => {
      position += 1;
      seal = this.#chain.seal(seal, position, entry, this.#store.dialect);
      return [position, Number(entry.id), seal];
    });
    if (seals.length > 0) await tx.run(INSERT[this.#store.dialect], [JSON.stringify(seals)]);
    const highest = Number(entries.at(-1)?.id ?? 0);
    tx.afterCommit(() => {
      this.#floor = Math.max(this.#floor, this.#store.dialect === 'sqlite' ? highest : highest - LATE);
    });
    return entries.length;
  }
}
