import type { Field } from './model.ts';

export interface Choice {
  readonly text: string;
  readonly value: string | number | boolean;
  readonly color?: string | null;
}

/** What `options.choices` of a field offers; empty where anything may be typed. */
export function choicesOf(field: Field): readonly Choice[] {
  const choices: unknown = field.meta?.options?.choices;
  if (!Array.isArray(choices)) return [];
  return choices.flatMap((one: unknown): Choice[] => {
    if (typeof one === 'string' || typeof one === 'number') return [{ text: String(one), value: one }];
    if (typeof one !== 'object' || one === null) return [];
    const { text, value, color } = one as { text?: unknown; value?: unknown; color?: unknown };
    if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') return [];
    const shown = typeof text === 'string' && text !== '' ? text : String(value);
    return [{ text: shown, value, color: typeof color === 'string' ? color : null }];
  });
}
