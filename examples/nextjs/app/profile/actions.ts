'use server';
import { updateMe } from '@directus/sdk';
import { requireUser } from '@limen/ssr/nextjs';
import { revalidatePath } from 'next/cache';
import { redirect } from 'next/navigation';
import { refusal, type Said } from '@/lib/refusals';
import { getActionSession } from '@/lib/session';

export async function save(_: Said, form: FormData): Promise<Said> {
  const session = await getActionSession();
  await requireUser(session, redirect);
  const email = String(form.get('email'));
  try {
    await session.client.request(updateMe({ email }));
  } catch (error) {
    return { message: refusal(error), email };
  }
  revalidatePath('/', 'layout');
  return { saved: true, email };
}
