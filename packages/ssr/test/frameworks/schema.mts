export interface Schema {
  posts: { id: number; title: string }[];
}
