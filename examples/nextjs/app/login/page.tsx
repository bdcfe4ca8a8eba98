import { readProviders } from '@directus/sdk';
import type { Metadata } from 'next';
import Link from 'next/link';
import { redirect } from 'next/navigation';
import { getSession } from '@/lib/session';
import { loginWith } from './actions';
import { LoginForm } from './form';

export const metadata: Metadata = { title: 'Log in' };

interface Provider {
  readonly name: string;
  readonly label?: string;
}

interface Props {
  readonly searchParams: Promise<{ readonly reason?: string }>;
}

export default async function Login({ searchParams }: Props) {
  const session = await getSession();
  const redirectedFrom = session.redirectedFrom();
  if (await session.user()) redirect(redirectedFrom);
  const { reason } = await searchParams;
  const providers = (await session.client.request(readProviders())) as readonly Provider[];
  return (
    <>
      <h1>Log in</h1>
      <LoginForm redirectedFrom={redirectedFrom} failed={reason !== undefined} />
      {providers.map(({ name, label = name }) => (
        <form key={name} action={loginWith}>
          <input type="hidden" name="redirectedFrom" value={redirectedFrom} />
          <button type="submit" className="quiet" name="provider" value={name}>
            Log in with {label}
          </button>
        </form>
      ))}
      <p>
        You are new? <Link href="/register">Sign up</Link>
      </p>
    </>
  );
}
