import type { PoolClient, QueryResult } from 'pg';
import type { SqlValue } from '../types.ts';
import type { Connections } from './connections.ts';
import { translatePostgresError } from './errors.ts';

/** The driver holds a whole answer of the server besides what it made of it, so answers are kept short. */
const FETCH_MAX = 250;

/**
 * Rows of one long read, in batches, through a cursor on a connection of its own. The rows are those of the moment of the
 * first batch. Whoever takes none for a minute loses it, by the server's `idle_in_transaction_session_timeout`.
 */
export async function* rowStream(
  connections: Connections,
  text: string,
  params: readonly SqlValue[],
  batch: number,
): AsyncGenerator<unknown[][]> {
  const size = Math.min(batch, FETCH_MAX);
  const client = await connections.take();
  let broken = true;
  try {
    await client.query('BEGIN READ ONLY ISOLATION LEVEL REPEATABLE READ');
    await client.query(`DECLARE long_read NO SCROLL CURSOR FOR ${text}`, params as SqlValue[]);
    for (;;) {
      const rows = await fetch(client, size);
      if (rows.length > 0) yield rows;
      if (rows.length < size) break;
    }
    await client.query('COMMIT');
    broken = false;
  } catch (error) {
    throw translatePostgresError(error);
  } finally {
    if (broken) {
      broken = await client.query('ROLLBACK').then(
        () => false,
        () => true,
      );
    }
    connections.give(client, broken);
  }
}

async function fetch(client: PoolClient, batch: number): Promise<unknown[][]> {
  const statement = { text: `FETCH ${batch} FROM long_read`, rowMode: 'array' };
  return ((await client.query(statement)) as QueryResult).rows as unknown as unknown[][];
}
