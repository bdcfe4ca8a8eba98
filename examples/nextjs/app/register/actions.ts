'use server';
import { refusalOf } from '@limen/ssr/nextjs';
import { redirect } from 'next/navigation';
import type { Said } from '@/lib/refusals';
import { getActionSession } from '@/lib/session';

export async function register(_: Said, form: FormData): Promise<Said> {
  const email = String(form.get('email'));
  const session = await getActionSession();
  try {
    await session.register({ email, password: String(form.get('password')) });
  } catch (error) {
    return { ...refusalOf(error), email };
  }
  redirect('/login');
}
