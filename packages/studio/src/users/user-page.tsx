import { Anchor, Breadcrumbs, Button } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { texts, useTexts } from '../language/texts.tsx';
import { ask } from '../session/api.ts';
import { nameOf } from '../session/me.ts';
import { useRights } from '../session/permissions.ts';
import { useMe } from '../session/session.tsx';
import { useAttempt } from '../ui/attempt.ts';
import { confirm } from '../ui/confirm.tsx';
import { FailureNotice } from '../ui/failure-notice.tsx';
import { Loading } from '../ui/loading.tsx';
import { saySaved } from '../ui/notice.ts';
import { Page } from '../ui/page.tsx';
import { Section } from '../ui/section.tsx';
import { FactorsOfUser } from './factors-of-user.tsx';
import { SessionsSection } from './sessions-section.tsx';
import { TokensSection } from './tokens-section.tsx';
import { userQuery } from './user.ts';
import { UserForm } from './user-form.tsx';

const TEXTS = texts(
  {
    users: 'Users',
    fresh: 'New user',
    details: 'Details',
    suspend: 'Suspend',
    activate: 'Activate',
    remove: 'Delete',
    sure: 'Delete this user?',
    sureText:
      '{name} can’t sign in any more, and all sessions and tokens end. This can’t be undone. What they wrote stays.',
    yes: 'Delete the user',
    no: 'Keep the user',
    suspended: '{name} is suspended; every session is over.',
    activated: '{name} is active.',
    removed: 'The user is deleted.',
  },
  {
    users: 'Benutzer',
    fresh: 'Neuer Benutzer',
    details: 'Angaben',
    suspend: 'Sperren',
    activate: 'Aktivieren',
    remove: 'Löschen',
    sure: 'Diesen Benutzer löschen?',
    sureText:
      '{name} kann sich nicht mehr anmelden, alle Sitzungen und Tokens enden. Das lässt sich nicht rückgängig machen. Geschriebenes bleibt.',
    yes: 'Benutzer löschen',
    no: 'Behalten',
    suspended: '{name} ist gesperrt; jede Sitzung ist beendet.',
    activated: '{name} ist aktiv.',
    removed: 'Der Benutzer ist gelöscht.',
  },
);

const USERS = 'directus_users';

export function UserPage() {
  const { id = '' } = useParams({ strict: false }) as { id?: string };
  return id === '+' ? <NewUser /> : <KnownUser id={id} key={id} />;
}

function Trail() {
  const t = useTexts(TEXTS);
  return (
    <Breadcrumbs mb={4}>
      <Anchor component={Link} to="/users" size="sm">
        {t('users')}
      </Anchor>
    </Breadcrumbs>
  );
}

function NewUser() {
  const t = useTexts(TEXTS);
  const navigate = useNavigate();
  return (
    <Page title={t('fresh')} trail={<Trail />}>
      <Section title={t('details')}>
        <UserForm user={null} onSaved={(id) => navigate({ to: `/users/${id}`, replace: true })} />
      </Section>
    </Page>
  );
}

function KnownUser({ id }: { readonly id: string }) {
  const t = useTexts(TEXTS);
  const me = useMe();
  const rights = useRights();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const { data: user, error } = useQuery(userQuery(id));
  const { busy, failure, attempt } = useAttempt();
  if (error) return <FailureNotice failure={error} />;
  if (!user) return <Loading />;
  const name = nameOf(user);
  const active = user.status === 'active';

  const setStatus = (status: 'active' | 'suspended') =>
    attempt(async () => {
      await ask(`/users/${id}`, { method: 'PATCH', body: { status } });
      await queries.invalidateQueries({ queryKey: ['users'] });
      saySaved(status === 'active' ? t('activated', { name }) : t('suspended', { name }));
    });
  const remove = async (): Promise<void> => {
    const question = { title: t('sure'), text: t('sureText', { name }), yes: t('yes'), no: t('no') };
    if (!(await confirm(question))) return;
    await attempt(async () => {
      await ask(`/users/${id}`, { method: 'DELETE' });
      await navigate({ to: '/users' });
      await queries.invalidateQueries({ queryKey: ['users'] });
      saySaved(t('removed'));
    });
  };

  return (
    <Page
      title={name}
      trail={<Trail />}
      actions={
        id !== me.id && (
          <>
            {rights.canField('update', USERS, 'status') && (
              <Button variant="default" loading={busy} onClick={() => void setStatus(active ? 'suspended' : 'active')}>
                {active ? t('suspend') : t('activate')}
              </Button>
            )}
            {rights.can('delete', USERS) && (
              <Button color="red" variant="outline" onClick={() => void remove()}>
                {t('remove')}
              </Button>
            )}
          </>
        )
      }
    >
      {failure !== null && <FailureNotice failure={failure} />}
      <Section title={t('details')}>
        <UserForm user={user} onSaved={async () => undefined} />
      </Section>
      {rights.admin && (
        <>
          <FactorsOfUser user={id} />
          <TokensSection user={id} />
          <SessionsSection user={id} />
        </>
      )}
    </Page>
  );
}
