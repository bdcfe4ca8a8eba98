/** Whether a request may be sent once more with another token, after this answer to it. */
export async function mayRepeat({ method = 'GET', body }: RequestInit, answer: Response): Promise<boolean> {
  if (body instanceof ReadableStream) return false;
  const code = await codeOf(answer);
  // An expired token is refused before anything is done; the other codes can have other reasons, so only reading is repeated.
  return code === 'TOKEN_EXPIRED' || (method === 'GET' && (code === 'INVALID_CREDENTIALS' || code === 'INVALID_TOKEN'));
}

/** The code of a refusal, read from a copy. */
async function codeOf(answer: Response): Promise<string | null> {
  const body = (await answer
    .clone()
    .json()
    .catch(() => null)) as { errors?: { extensions?: { code?: string } }[] } | null;
  return body?.errors?.[0]?.extensions?.code ?? null;
}
