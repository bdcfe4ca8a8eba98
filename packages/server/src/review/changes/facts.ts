import { loadAccessModel } from '../../access/model.ts';
import type { Reader, Store } from '../../store/types.ts';
import type { AccessFacts, Person } from './types.ts';

/** Five statements, whatever the size. */
export async function loadFacts(reader: Pick<Reader, 'all'>): Promise<AccessFacts> {
  const model = await loadAccessModel(inTurn(reader));
  const rows = await reader.all<{ holder: string; policy: string }>(
    'select "user" as holder, policy from directus_access where "user" is not null order by sort, id',
  );
  const own = new Map<string, string[]>();
  for (const { holder, policy } of rows) own.set(holder, [...(own.get(holder) ?? []), policy]);
  return { model, own };
}

/** A transaction on PostgreSQL has one connection, which takes one statement at a time. */
function inTurn(reader: Pick<Reader, 'all'>): Pick<Reader, 'all'> {
  let last: Promise<unknown> = Promise.resolve();
  return {
    all: (text, params) => {
      const next = last.then(() => reader.all(text, params));
      last = next.catch(() => undefined);
      return next as Promise<never>;
    },
  };
}

/** How many users may sign in, by role; null stands for users without one. */
export async function usersByRole(reader: Pick<Reader, 'all'>): Promise<Map<string | null, number>> {
  const rows = await reader.all<{ role: string | null; n: number }>(
    "select role, count(*) as n from directus_users where status = 'active' group by role",
  );
  return new Map(rows.map(({ role, n }) => [role, Number(n)]));
}

const CHUNK = 5_000;

/** Role and status of some users; those who aren't there are left out. */
export async function loadPersons(
  reader: Pick<Reader, 'all'>,
  { dialect, placeholder }: Pick<Store, 'dialect' | 'placeholder'>,
  users: readonly string[],
): Promise<Map<string, Person>> {
  const list = placeholder(1);
  const among =
    dialect === 'sqlite'
      ? `id in (select value from json_each(${list}))`
      : `id in (select cast(json_array_elements_text(cast(${list} as json)) as uuid))`;
  const persons = new Map<string, Person>();
  for (let from = 0; from < users.length; from += CHUNK) {
    const ids = JSON.stringify(users.slice(from, from + CHUNK));
    const rows = await reader.all<{ id: string; role: string | null; status: string }>(
      `select id, role, status from directus_users where ${among}`,
      [ids],
    );
    for (const { id, role, status } of rows) persons.set(id, { role, active: status === 'active' });
  }
  return persons;
}
