import type { Topic, Transaction } from '../store/types.ts';

/** What other parts of the server derive from system collections, and have to derive again when these change. */
const TOPIC: ReadonlyMap<string, Topic> = new Map<string, Topic>([
  ['directus_roles', 'access'],
  ['directus_policies', 'access'],
  ['directus_permissions', 'access'],
  ['directus_access', 'access'],
  ['directus_settings', 'settings'],
]);

export function announceChange(tx: Transaction, collection: string): void {
  const topic = TOPIC.get(collection);
  if (topic) tx.announce(topic);
}
