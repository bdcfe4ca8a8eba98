import { Button, Group, Stack, Text } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { placeOf } from '../app/places.ts';
import { asksForPassword, labelOf, waysInQuery } from '../entry/providers.ts';
import { texts, useTexts } from '../language/texts.tsx';
import { ask } from '../session/api.ts';
import { Section } from '../ui/section.tsx';
import { factorsQuery } from './factors.ts';
import { withProof } from './proof.tsx';

const TEXTS = texts(
  {
    title: 'Linked identities',
    about: 'Other ways of signing in to this same account.',
    link: 'Link {provider}',
    unlink: 'Unlink',
    unlinkOne: 'Unlink {provider}',
    none: 'No other identity is linked.',
  },
  {
    title: 'Verknüpfte Identitäten',
    about: 'Andere Wege, sich an diesem selben Konto anzumelden.',
    link: '{provider} verknüpfen',
    unlink: 'Lösen',
    unlinkOne: '{provider} lösen',
    none: 'Keine andere Identität ist verknüpft.',
  },
);

interface Identity {
  readonly id: string;
  readonly provider: string;
  readonly identifier: string;
}

const PATH = '/users/me/identities';
const KEY = ['users', 'me', 'identities'];

export function IdentitiesSection() {
  const t = useTexts(TEXTS);
  const queries = useQueryClient();
  const { data: identities = [] } = useQuery({ queryKey: KEY, queryFn: () => ask<Identity[]>(PATH) });
  const { data: ways } = useQuery(waysInQuery);
  const { data: factors } = useQuery(factorsQuery);
  const byCode = factors?.otp === true;
  const linkable = (ways?.providers ?? []).filter((provider) => !asksForPassword(provider));
  if (linkable.length === 0 && identities.length === 0) return null;

  const link = (provider: string, label: string) =>
    withProof(t('link', { provider: label }), byCode, async (proof) => {
      const body = { provider, redirect: placeOf('profile'), ...proof };
      const { url } = await ask<{ url: string }>(PATH, { method: 'POST', body });
      window.location.assign(url);
    });
  const unlink = ({ id, provider }: Identity) =>
    withProof(t('unlinkOne', { provider }), byCode, async (proof) => {
      await ask(`${PATH}/${id}`, { method: 'DELETE', body: proof });
      await queries.invalidateQueries({ queryKey: KEY });
    });

  return (
    <Section title={t('title')} about={t('about')}>
      {identities.length === 0 && <Text size="sm">{t('none')}</Text>}
      <Stack gap="xs">
        {identities.map((identity) => (
          <Group key={identity.id} justify="space-between">
            <Text size="sm">
              {identity.provider} · {identity.identifier}
            </Text>
            <Button
              size="xs"
              variant="default"
              aria-label={`${t('unlink')}: ${identity.provider}`}
              onClick={() => void unlink(identity)}
            >
              {t('unlink')}
            </Button>
          </Group>
        ))}
      </Stack>
      <Group gap="xs">
        {linkable.map((provider) => (
          <Button key={provider.name} variant="default" onClick={() => void link(provider.name, labelOf(provider))}>
            {t('link', { provider: labelOf(provider) })}
          </Button>
        ))}
      </Group>
    </Section>
  );
}
