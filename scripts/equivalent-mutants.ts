import type { Mutant } from './mutants.ts';

/** What survives because it says the same as what it replaces, and why. */
interface Equivalent {
  /** The end of the file's path. */
  readonly file: string;
  readonly from: string;
  readonly to: string;
  readonly why: string;
}

const EQUIVALENT: readonly Equivalent[] = [
  {
    file: 'access/share-reach.ts',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: it is the text of a source.
    from: 'throw new Error(`${field.name} does not say which collection it leads to`);',
    to: '',
    why: 'The data model has no many-to-any without that field, and the next line would throw as well.',
  },
  {
    file: 'access/effective.ts',
    from: "this.access(collection.name, 'read')?.fields.has(name) ?? false",
    to: "this.access(collection.name, 'read')?.fields.has(name)",
    why: 'Whoever asks only looks whether it is true.',
  },
  {
    file: 'access/address-list.ts',
    from: '!isIP(from) || !isIP(to)',
    to: '(!isIP(from)) && (!isIP(to))',
    why: 'A range between two things of which one is no address is of two families, or refused by the block list.',
  },
  {
    file: 'query/row-paths.ts',
    from: "'any'",
    to: 'null',
    why: 'A way that is not known is any way.',
  },
  {
    file: 'access/explain-probes.ts',
    from: '!field',
    to: 'false',
    why: 'Every collection with items has a key, and the next line would throw as well.',
  },
  {
    file: 'access/merging/arm.ts',
    from: "'never'",
    to: "''",
    why: 'What never holds is left out of an OR when it is made.',
  },
];

const plain = (text: string): string => text.replace(/\s+/g, ' ').trim();

/** Why a mutant can't be found; null for one that could be. */
export function whyEquivalent({ file, from, to }: Mutant): string | null {
  const known = EQUIVALENT.find((one) => file.endsWith(one.file) && one.from === plain(from) && one.to === plain(to));
  return known?.why ?? null;
}
