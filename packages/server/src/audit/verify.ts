import type { Row, Store } from '../store/types.ts';
import { BEGINNING, type Chain, ENTRY_COLUMNS } from './chain.ts';

/** Something wrong with the activity log. */
export interface Finding {
  readonly kind: 'altered' | 'removed' | 'gap' | 'head';
  /** Number of the entry in directus_activity; null where only its place is known. */
  readonly entry: number | null;
  /** Place in the chain. */
  readonly position: number;
}

export interface Verification {
  /** Entries whose seals were right. */
  readonly intact: number;
  readonly findings: readonly Finding[];
  /** How many findings there are; `findings` holds the first ones. */
  readonly found: number;
  /** Entries without a seal yet. */
  readonly open: number;
  readonly head: Head | null;
}

/** The end of the chain. Kept somewhere else, it shows later whether the end was cut off. */
export interface Head {
  readonly position: number;
  readonly seal: string;
}

const BATCH = 1000;
const MAX_FINDINGS = 100;

/**
 * Reads the whole chain and the entries that it covers. An altered entry does not fit its seal; a removed one leaves its
 * seal behind, or a gap in the positions. `expected` is a head that was noted before. `progress` hears how many were read.
 */
export async function verifyLog(
  store: Store,
  chain: Chain,
  expected: Head | null,
  progress: (read: number) => void = () => undefined,
): Promise<Verification> {
  const reading = new Reading(chain, store.dialect);
  let meets = expected === null;
  const text = `select s.position as seal_position, s.activity as seal_activity, s.seal, ${ENTRY_COLUMNS}
    from limen_seals s left join directus_activity a on a.id = s.activity
    where s.position > ${store.placeholder(1)} order by s.position limit ${BATCH}`;
  for (let from = 0; ; ) {
    const rows = await store.all<Row>(text, [from]);
    for (const row of rows) {
      reading.take(row);
      meets ||= Number(row.seal_position) === expected?.position && row.seal === expected?.seal;
    }
    progress(reading.read);
    if (rows.length < BATCH) break;
    from = Number(rows.at(-1)?.seal_position);
  }
  if (!meets && expected) reading.report({ kind: 'head', entry: null, position: expected.position });
  const open = await store.get<{ n: unknown }>(
    'select count(*) as n from directus_activity a where not exists (select 1 from limen_seals s where s.activity = a.id)',
  );
  return { ...reading.result(), open: Number(open?.n ?? 0) };
}

class Reading {
  read = 0;
  readonly #chain: Chain;
  readonly #dialect: Store['dialect'];
  readonly #findings: Finding[] = [];
  #found = 0;
  #intact = 0;
  #head: Head = { position: 0, seal: BEGINNING };

  constructor(chain: Chain, dialect: Store['dialect']) {
    this.#chain = chain;
    this.#dialect = dialect;
  }

  take(row: Row): void {
    this.read += 1;
    const position = Number(row.seal_position);
    const entry = Number(row.seal_activity);
    if (position !== this.#head.position + 1) {
      this.report({ kind: 'gap', entry: null, position: this.#head.position + 1 });
    } else if (row.id === null) this.report({ kind: 'removed', entry, position });
    else if (this.#chain.seal(this.#head.seal, position, row, this.#dialect) !== row.seal) {
      this.report({ kind: 'altered', entry, position });
    } else this.#intact += 1;
    // From here on with the seal that is there, so that one finding is not followed by one for every later entry.
    this.#head = { position, seal: String(row.seal) };
  }

  report(finding: Finding): void {
    this.#found += 1;
    if (this.#findings.length < MAX_FINDINGS) this.#findings.push(finding);
  }

  result(): Omit<Verification, 'open'> {
    const head = this.#head.position === 0 ? null : this.#head;
    return { intact: this.#intact, findings: this.#findings, found: this.#found, head };
  }
}
