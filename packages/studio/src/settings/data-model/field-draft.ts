import type { Field } from '../../content/model.ts';
import { automaticOf, hasLength, interfacesOf, offersChoices } from './field-kinds.ts';

/** A value that a person may choose, and how the choice reads. */
export interface Choice {
  readonly value: string;
  readonly text: string;
}

/** A field with a value of its own as the form holds it, before it is sent. */
export interface FieldDraft {
  readonly name: string;
  readonly type: string;
  readonly interface: string;
  /** Forms ask for a value. */
  readonly required: boolean;
  /** The database takes items without a value. */
  readonly nullable: boolean;
  readonly unique: boolean;
  /** As it is typed; empty text is none. */
  readonly defaultText: string;
  /** Most characters; null leaves it to the database. */
  readonly length: number | null;
  readonly note: string;
  readonly width: 'half' | 'full';
  readonly hidden: boolean;
  readonly readonly: boolean;
  readonly choices: readonly Choice[];
  /** The special that fills it in, or empty text. */
  readonly automatic: string;
}

export const EMPTY_DRAFT: FieldDraft = {
  name: '',
  type: 'string',
  interface: 'input',
  required: false,
  nullable: true,
  unique: false,
  defaultText: '',
  length: null,
  note: '',
  width: 'full',
  hidden: false,
  readonly: false,
  choices: [],
  automatic: '',
};

/** The draft with another type: what doesn't fit it any more is left behind. */
export function withType(draft: FieldDraft, type: string): FieldDraft {
  const fits = interfacesOf(type).includes(draft.interface);
  return {
    ...draft,
    type,
    interface: fits ? draft.interface : (interfacesOf(type)[0] ?? 'input'),
    length: hasLength(type) ? draft.length : null,
    automatic: automaticOf(type).includes(draft.automatic) ? draft.automatic : '',
  };
}

export function draftOf({ field, type, schema, meta }: Field): FieldDraft {
  const special = meta?.special ?? [];
  return {
    name: field,
    type,
    interface: meta?.interface ?? '',
    required: meta?.required ?? false,
    nullable: schema?.is_nullable ?? true,
    unique: schema?.is_unique ?? false,
    defaultText: textOf(schema?.default_value),
    length: schema?.max_length ?? null,
    note: meta?.note ?? '',
    width: meta?.width === 'half' || meta?.width === 'half-left' || meta?.width === 'half-right' ? 'half' : 'full',
    hidden: meta?.hidden ?? false,
    readonly: meta?.readonly ?? false,
    choices: choicesOf(meta?.options?.choices),
    automatic: special.find((one) => automaticOf(type).includes(one)) ?? '',
  };
}

export const textOf = (value: unknown): string =>
  value === null || value === undefined ? '' : typeof value === 'string' ? value : JSON.stringify(value);

function choicesOf(value: unknown): Choice[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((one: unknown) => {
    const { value: own, text } = (one ?? {}) as { value?: unknown; text?: unknown };
    return own === undefined ? [] : [{ value: textOf(own), text: textOf(text ?? own) }];
  });
}

/** A typed default as the API takes it. Throws SyntaxError for JSON that is none. */
export function defaultOf({ type, defaultText }: Pick<FieldDraft, 'type' | 'defaultText'>): unknown {
  const typed = defaultText.trim();
  if (typed === '') return null;
  switch (type) {
    case 'integer':
    case 'float':
      return Number.isNaN(Number(typed)) ? typed : Number(typed);
    case 'boolean':
      return typed === 'true' ? true : typed === 'false' ? false : typed;
    case 'json':
      return JSON.parse(typed) as unknown;
    case 'csv':
      return typed.split(',').map((part) => part.trim());
    default:
      return defaultText;
  }
}

/** Whether the typed default can be sent. */
export function defaultFits(draft: FieldDraft): boolean {
  try {
    const value = defaultOf(draft);
    return !(typeof value === 'string' && ['integer', 'float', 'boolean'].includes(draft.type));
  } catch {
    return false;
  }
}

function optionsOf(draft: FieldDraft, before: Readonly<Record<string, unknown>> | null | undefined): unknown {
  const { choices: _choices, ...others } = before ?? {};
  if (!offersChoices(draft.interface)) return Object.keys(others).length > 0 ? others : null;
  const number = draft.type === 'integer' || draft.type === 'bigInteger';
  const choices = draft.choices
    .filter(({ value }) => value !== '')
    .map(({ value, text }) => ({ text: text || value, value: number ? Number(value) : value }));
  return { ...others, choices };
}

function specialOf(draft: FieldDraft, before: readonly string[] | null | undefined): readonly string[] | null {
  const kept = (before ?? []).filter((one) => !automaticOf(draft.type).includes(one) && !one.startsWith('cast-'));
  const needed = draft.type === 'hash' ? ['hash', 'conceal'] : [];
  const special = new Set([...kept, ...needed, ...(draft.automatic ? [draft.automatic] : [])]);
  return special.size > 0 ? [...special] : null;
}

const metaOf = (draft: FieldDraft, before: Field | null) => ({
  interface: draft.interface || null,
  options: optionsOf(draft, before?.meta?.options),
  special: specialOf(draft, before?.meta?.special),
  required: draft.required,
  note: draft.note || null,
  width: draft.width,
  hidden: draft.hidden,
  readonly: draft.readonly,
});

/** The body that makes the field. */
export const creationOf = (draft: FieldDraft) => ({
  field: draft.name,
  type: draft.type,
  schema: {
    is_nullable: draft.nullable,
    is_unique: draft.unique,
    default_value: defaultOf(draft),
    ...(draft.length === null ? {} : { max_length: draft.length }),
  },
  meta: metaOf(draft, null),
});

/** The body that changes the field: of its column only what differs, so that nothing is converted without need. */
export function changeOf(before: Field, draft: FieldDraft) {
  const was = draftOf(before);
  const schema = {
    ...(draft.nullable === was.nullable ? {} : { is_nullable: draft.nullable }),
    ...(draft.unique === was.unique ? {} : { is_unique: draft.unique }),
    ...(draft.defaultText === was.defaultText ? {} : { default_value: defaultOf(draft) }),
    ...(draft.length === was.length || draft.length === null ? {} : { max_length: draft.length }),
  };
  return {
    ...(draft.type === was.type ? {} : { type: draft.type }),
    ...(Object.keys(schema).length > 0 && before.schema ? { schema } : {}),
    meta: metaOf(draft, before),
  };
}
