interface Judged {
  /** Null when no item was asked about. */
  readonly holds: boolean | null;
}

/** A part of a rule, as `/access/explain` tells it. */
export type RuleNode =
  | ({ readonly kind: 'everything' } & Judged)
  | ({ readonly kind: 'nothing'; readonly why: string } & Judged)
  | ({ readonly kind: 'all' | 'any'; readonly parts: readonly RuleNode[] } & Judged)
  | ({
      readonly kind: 'comparison';
      readonly field: string;
      readonly operator: string;
      readonly written: unknown;
      readonly value: unknown;
      readonly stored?: unknown;
    } & Judged)
  | ({
      readonly kind: 'relation';
      readonly field: string;
      readonly collection: string;
      readonly where: RuleNode;
    } & Judged);

export interface Explanation {
  readonly verdict: 'allowed' | 'denied' | 'depends';
  readonly message: string;
  readonly notes: readonly string[];
  readonly policies: readonly {
    readonly id: string;
    readonly name: string;
    readonly through: readonly string[];
    readonly applies: boolean;
    readonly onlyFrom: string | null;
  }[];
  readonly permissions: readonly {
    readonly id: number | null;
    readonly policy: { readonly id: string; readonly name: string } | null;
    readonly fields: readonly string[];
    readonly admits: boolean | null;
    readonly rule: RuleNode;
  }[];
}
