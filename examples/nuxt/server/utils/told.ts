import { SessionError } from '@limen/ssr';

/** What the SDK throws for an answer of the API that says no. */
interface Refusal {
  readonly response?: { readonly status: number };
  readonly errors?: readonly { readonly message: string }[];
}

/** Does some work, and tells the page in words when the API says no. */
export async function told<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof SessionError) throw refused(error.status, error.message);
    const { response, errors } = error as Refusal;
    if (response && errors?.[0]) throw refused(response.status, errors[0].message);
    throw error;
  }
}

const refused = (status: number, message: string) => createError({ status, data: { message } });
