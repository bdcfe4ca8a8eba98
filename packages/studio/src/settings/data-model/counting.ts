import { pathOf } from '../../content/addresses.ts';
import { ask } from '../../session/api.ts';

type Filter = Readonly<Record<string, unknown>>;

/** How many items there are, or how many of them meet a filter. */
export async function countItems(collection: string, filter?: Filter): Promise<number> {
  const params = { aggregate: { count: '*' }, ...(filter ? { filter } : {}) };
  const [row] = await ask<{ count: number | string }[]>(pathOf(collection), { params });
  return Number(row?.count ?? 0);
}

export interface Duplicates {
  /** How many values there are more than once. */
  readonly values: number;
  readonly samples: readonly { readonly value: unknown; readonly count: number }[];
  /** Whether there may be more than were looked at. */
  readonly more: boolean;
}

const GROUPS = 100;

/** Values that several items share, those of most items first. */
export async function duplicatesOf(collection: string, field: string, key: string): Promise<Duplicates> {
  const rows = await ask<Record<string, unknown>[]>(pathOf(collection), {
    params: {
      aggregate: { count: key },
      groupBy: [field],
      filter: { [field]: { _nnull: true } },
      sort: [`-count.${key}`],
      limit: GROUPS,
    },
  });
  const counted = rows.map((row) => ({
    value: row[field],
    count: Number((row.count as Record<string, unknown>)[key]),
  }));
  const shared = counted.filter(({ count }) => count > 1);
  return { values: shared.length, samples: shared.slice(0, 3), more: shared.length === GROUPS };
}

/** How many values are looked at one by one; the database looks at all of them when the change is made. */
export const LOOKED_AT = 2_000;
const PAGE = 100;

export interface Unfit {
  readonly count: number;
  readonly samples: readonly { readonly key: unknown; readonly value: unknown }[];
  /** How many values were looked at. */
  readonly seen: number;
  readonly more: boolean;
}

/** Looks at values one after the other for those that a change would refuse. */
export async function unfitValues(
  collection: string,
  field: string,
  key: string,
  fits: (value: unknown) => boolean,
): Promise<Unfit> {
  const unfit: { key: unknown; value: unknown }[] = [];
  let seen = 0;
  for (let page = 1; seen < LOOKED_AT; page += 1) {
    const rows = await ask<Record<string, unknown>[]>(pathOf(collection), {
      params: { fields: [key, field], filter: { [field]: { _nnull: true } }, sort: [key], limit: PAGE, page },
    });
    seen += rows.length;
    for (const row of rows) if (!fits(row[field])) unfit.push({ key: row[key], value: row[field] });
    if (rows.length < PAGE) break;
  }
  return { count: unfit.length, samples: unfit.slice(0, 3), seen, more: seen >= LOOKED_AT };
}
