import type { Me } from '#shared/types/members';

/** Who is signed in; null for nobody. It comes with the page, and is asked for again when it may have changed. */
export const useMe = () => useState<Me | null>('me', () => null);

export async function refreshMe(): Promise<void> {
  useMe().value = await $fetch('/api/me');
}
