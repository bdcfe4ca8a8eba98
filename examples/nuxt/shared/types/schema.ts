// Made by `limen types --file shared/types/schema.ts`, and shortened to what this example uses.
export interface Post {
  id: number;
  title: string;
  author: string | null;
}

export interface Schema {
  posts: Post[];
}
