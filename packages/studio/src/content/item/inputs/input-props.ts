import type { Field } from '../../model.ts';

/** What every input of a form gets. */
export interface InputProps {
  readonly field: Field;
  readonly label: string;
  readonly value: unknown;
  /** The value that is stored: a list of related items is told by what was changed in it. */
  readonly stored: unknown;
  readonly onChange: (value: unknown) => void;
  readonly disabled: boolean;
  readonly required: boolean;
  readonly error?: string | undefined;
  readonly description?: string | undefined;
}

export const isNullable = ({ schema }: Field): boolean => schema?.is_nullable !== false;
