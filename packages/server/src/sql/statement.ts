import type { DialectName, SqlValue } from './types.ts';
import type { Scope } from './variable.ts';

/** A parameter: a value, or how to compute it when the statement runs. */
export type Parameter = SqlValue | ((scope: Scope) => SqlValue);

/** Text with placeholders, and a parameter for each of them in order. */
export interface Statement {
  readonly text: string;
  readonly parameters: readonly Parameter[];
}

/**
 * Collects parameters while text is written. Text has to be written in the order in which it will stand in the
 * statement, because SQLite's placeholders are found by position.
 */
export class StatementWriter {
  readonly dialect: DialectName;
  readonly parameters: Parameter[] = [];
  #aliases = 0;

  constructor(dialect: DialectName) {
    this.dialect = dialect;
  }

  /** A placeholder that stands for this parameter. */
  bind(parameter: Parameter): string {
    this.parameters.push(parameter);
    return this.dialect === 'sqlite' ? '?' : `$${this.parameters.length}`;
  }

  /** A table alias that no other part of the statement has. */
  alias(): string {
    this.#aliases += 1;
    return `t${this.#aliases}`;
  }

  finish(text: string): Statement {
    return { text, parameters: this.parameters };
  }
}

/** The values of a statement's parameters for one run. */
export function bindings(statement: Statement, scope: Scope): SqlValue[] {
  const { parameters } = statement;
  const values = new Array<SqlValue>(parameters.length);
  for (let i = 0; i < parameters.length; i++) {
    const parameter = parameters[i] as Parameter;
    values[i] = typeof parameter === 'function' ? parameter(scope) : parameter;
  }
  return values;
}
