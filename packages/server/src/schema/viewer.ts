/** What a caller may see of the data model. `access/` says it; the model only asks. */
export interface ModelViewer {
  /** Sees and changes everything. */
  readonly admin: boolean;
  /** Whether the caller may read the model's own collections at all (app access, or a permission on them). */
  mayReadModel(kind: 'collections' | 'fields' | 'relations'): boolean;
  /** Whether the caller may read items of the collection. */
  mayRead(collection: string): boolean;
  readableFields(collection: string): ReadonlySet<string> | 'all';
}
