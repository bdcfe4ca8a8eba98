/**
 * Rules of the author of a share, in a share's own profile: their variables take the author's values, where those of the
 * role's rules take the values of whoever was given the share. A copy; predicates are plain data.
 */
export function asAuthor<T>(node: T): T {
  return copied(node) as T;
}

function copied(node: unknown): unknown {
  if (node === null || typeof node !== 'object') return node;
  if (Array.isArray(node)) return node.map(copied);
  // What stands in a rule as a value says nothing about who it is.
  if ('kind' in node && node.kind === 'literal') return node;
  if ('kind' in node && 'variable' in node && node.kind === 'variable') {
    return { ...node, variable: { ...(node.variable as object), of: 'author' } };
  }
  return Object.fromEntries(Object.entries(node).map(([name, value]) => [name, copied(value)]));
}
