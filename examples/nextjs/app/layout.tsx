import type { Metadata } from 'next';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { getSession } from '@/lib/session';
import './globals.css';

export const metadata: Metadata = { title: 'Members', icons: 'data:,' };

export default async function Layout({ children }: { readonly children: ReactNode }) {
  const session = await getSession();
  const user = await session.user();
  return (
    <html lang="en">
      <body>
        <header>
          <Link className="home" href="/">
            Members
          </Link>
          {user ? <SignedIn email={user.email ?? ''} /> : <Nobody />}
        </header>
        <main>{children}</main>
      </body>
    </html>
  );
}

function SignedIn({ email }: { readonly email: string }) {
  return (
    <>
      <span>{email}</span>
      <Link href="/posts">Posts</Link>
      <Link href="/profile">Profile</Link>
      {/* A form for a route handler, not an action: a new page keeps nothing of what this one has read. */}
      <form className="inline" method="post" action="/logout">
        <button type="submit" className="quiet">
          Log out
        </button>
      </form>
    </>
  );
}

function Nobody() {
  return (
    <>
      <Link href="/login">Log in</Link>
      <Link href="/register">Sign up</Link>
    </>
  );
}
