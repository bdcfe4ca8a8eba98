import { Alert, Anchor, Breadcrumbs, Button, Code, Text } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { API } from '../../app/places.ts';
import { texts, useTexts } from '../../language/texts.tsx';
import { ask } from '../../session/api.ts';
import { failureOf } from '../../session/failure.ts';
import { useAttempt } from '../../ui/attempt.ts';
import { confirm } from '../../ui/confirm.tsx';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { Loading } from '../../ui/loading.tsx';
import { saySaved } from '../../ui/notice.ts';
import { Page } from '../../ui/page.tsx';
import { Section } from '../../ui/section.tsx';
import { providerQuery, type SetUpProvider } from './provider.ts';
import { ProviderForm } from './provider-form.tsx';
import classes from './provider-page.module.css';
import { ProviderTest } from './provider-test.tsx';

const TEXTS = texts(
  {
    list: 'Sign-on',
    fresh: 'New provider',
    settings: 'Settings',
    readOnly: 'This provider is set up in the environment of the server, and changed there: AUTH_{name}_…',
    callback: 'Register this address at the provider, as the one to come back to:',
    remove: 'Delete',
    sure: 'Delete this provider?',
    sureText: 'Nobody signs in with it any more. It can’t be brought back; its settings are gone.',
    force: 'Delete it all the same?',
    yes: 'Delete the provider',
    no: 'Keep it',
    removed: 'The provider is deleted.',
  },
  {
    list: 'Anmeldung',
    fresh: 'Neuer Anbieter',
    settings: 'Einstellungen',
    readOnly: 'Dieser Anbieter ist in der Umgebung des Servers eingerichtet und wird dort geändert: AUTH_{name}_…',
    callback: 'Tragen Sie diese Adresse beim Anbieter als die ein, zu der zurückgekehrt wird:',
    remove: 'Löschen',
    sure: 'Diesen Anbieter löschen?',
    sureText: 'Niemand meldet sich mehr damit an. Das lässt sich nicht zurückholen; die Einstellungen sind weg.',
    force: 'Trotzdem löschen?',
    yes: 'Anbieter löschen',
    no: 'Behalten',
    removed: 'Der Anbieter ist gelöscht.',
  },
);

export function ProviderPage() {
  const { name = '' } = useParams({ strict: false }) as { name?: string };
  return name === '+' ? <NewProvider /> : <KnownProvider name={name} />;
}

function Trail() {
  const t = useTexts(TEXTS);
  return (
    <Breadcrumbs mb={4}>
      <Anchor component={Link} to="/settings/sign-on" size="sm">
        {t('list')}
      </Anchor>
    </Breadcrumbs>
  );
}

function NewProvider() {
  const t = useTexts(TEXTS);
  const navigate = useNavigate();
  return (
    <Page title={t('fresh')} trail={<Trail />}>
      <Section title={t('settings')}>
        <ProviderForm
          provider={null}
          onSaved={(name) => navigate({ to: `/settings/sign-on/${encodeURIComponent(name)}`, replace: true })}
        />
      </Section>
    </Page>
  );
}

function KnownProvider({ name }: { readonly name: string }) {
  const t = useTexts(TEXTS);
  const queries = useQueryClient();
  const navigate = useNavigate();
  const { data: provider, error } = useQuery(providerQuery(name));
  const { failure, attempt } = useAttempt();
  if (error) return <FailureNotice failure={error} />;
  if (!provider) return <Loading />;

  const remove = async (): Promise<void> => {
    const labels = { yes: t('yes'), no: t('no') };
    if (!(await confirm({ title: t('sure'), text: t('sureText'), ...labels }))) return;
    const path = `/providers/${encodeURIComponent(name)}`;
    await attempt(async () => {
      try {
        await ask(path, { method: 'DELETE' });
      } catch (refusal) {
        // Accounts sign in with it; the answer says how many.
        const { status, message } = failureOf(refusal);
        if (status !== 422) throw refusal;
        if (!(await confirm({ title: t('force'), text: message, ...labels }))) return;
        await ask(path, { method: 'DELETE', params: { force: true } });
      }
      await navigate({ to: '/settings/sign-on' });
      await queries.invalidateQueries({ queryKey: ['providers'] });
      saySaved(t('removed'));
    });
  };

  return (
    <Page
      title={provider.label || provider.name}
      trail={<Trail />}
      actions={
        !provider.read_only && (
          <Button variant="outline" color="red" onClick={() => void remove()}>
            {t('remove')}
          </Button>
        )
      }
    >
      {failure !== null && <FailureNotice failure={failure} />}
      <Callback provider={provider} />
      <Section title={t('settings')}>
        {provider.read_only ? (
          <Text size="sm">{t('readOnly', { name: provider.name.toUpperCase() })}</Text>
        ) : (
          <ProviderForm key={provider.name} provider={provider} onSaved={async () => undefined} />
        )}
      </Section>
      <ProviderTest name={provider.name} />
    </Page>
  );
}

function Callback({ provider: { name, driver } }: { readonly provider: SetUpProvider }) {
  const t = useTexts(TEXTS);
  if (driver === 'ldap' || driver === 'local') return null;
  const end = driver === 'saml' ? 'acs' : 'callback';
  return (
    <Alert>
      <Text size="sm">{t('callback')}</Text>
      <Code block className={classes.address}>
        {`${API}/auth/login/${name}/${end}`}
      </Code>
    </Alert>
  );
}
