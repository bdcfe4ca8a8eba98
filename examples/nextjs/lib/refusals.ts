/** What a form shows after it was sent. */
export interface Said {
  readonly message?: string;
  readonly email?: string;
  readonly saved?: boolean;
}

/** What the API said no with, in words; what is no answer of the API is thrown on. */
export function refusal(error: unknown): string {
  const [first] = (error as { errors?: { message?: string }[] }).errors ?? [];
  if (first?.message === undefined) throw error;
  return first.message;
}
