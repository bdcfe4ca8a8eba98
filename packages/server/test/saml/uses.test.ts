import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Use } from '../../src/auth/providers/saml/uses.ts';
import { type Accounts, DATABASES, openAccounts } from '../auth/accounts-database.ts';

describe.each(DATABASES)('what SAML lets count once, on %s', (database) => {
  let accounts: Accounts;
  beforeAll(async () => {
    accounts = await openAccounts(database);
  });
  afterAll(() => accounts.remove());

  const use = (more: Partial<Use> = {}): Use => ({
    kind: 'assertion',
    issuer: 'https://idp.example',
    id: '_1',
    expires: accounts.clock.now() + 60_000,
    ...more,
  });
  const spend = (one: Use, node = accounts.auth) =>
    accounts.store
      .transaction((tx) => node.samlUses.spend(tx, one))
      .then(
        () => 'counts',
        () => 'does not',
      );

  it('counts once, on whichever node, and each in its own name', async () => {
    const nodes = [accounts.auth, accounts.node(), accounts.node(), accounts.node()];
    const outcomes = await Promise.all(nodes.map((node) => spend(use(), node)));
    expect(outcomes.sort()).toEqual(['counts', 'does not', 'does not', 'does not']);
    for (const other of [use({ kind: 'request' }), use({ issuer: 'https://other.example' }), use({ id: '_2' })]) {
      expect([await spend(other), await spend(other)]).toEqual(['counts', 'does not']);
    }
  });

  it('is forgotten when it would not count any more, and not before', async () => {
    await accounts.sql('DELETE FROM limen_saml_uses');
    await spend(use({ id: '_3' }));
    await spend(use({ id: '_4', expires: accounts.clock.now() + 120_000 }));
    expect(await accounts.auth.samlUses.purge()).toBe(0);
    accounts.clock.pass(60_001);
    expect([await accounts.auth.samlUses.purge(), await accounts.auth.samlUses.purge()]).toEqual([1, 0]);
    expect(await spend(use({ id: '_4' }))).toBe('does not');
  });
});
