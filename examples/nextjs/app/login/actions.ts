'use server';
import { refusalOf } from '@limen/ssr/nextjs';
import { redirect } from 'next/navigation';
import type { Said } from '@/lib/refusals';
import { getActionSession } from '@/lib/session';

export async function login(_: Said, form: FormData): Promise<Said> {
  const email = String(form.get('email'));
  const session = await getActionSession();
  try {
    await session.login({ email, password: String(form.get('password')) });
  } catch (error) {
    return { ...refusalOf(error), email };
  }
  redirect(session.safeRedirect(form.get('redirectedFrom')));
}

export async function loginWith(form: FormData): Promise<void> {
  const session = await getActionSession();
  redirect(await session.loginWith(String(form.get('provider')), { redirectTo: String(form.get('redirectedFrom')) }));
}
