import { requireUser } from '@limen/ssr/nextjs';
import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { getSession } from '@/lib/session';
import { ProfileForm } from './form';

export const metadata: Metadata = { title: 'Profile' };

export default async function Profile() {
  const { email } = await requireUser(await getSession(), redirect);
  return (
    <>
      <h1>Profile</h1>
      <ProfileForm email={email ?? ''} />
    </>
  );
}
