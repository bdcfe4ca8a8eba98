'use server';
import { createItem, deleteItem } from '@directus/sdk';
import { requireUser } from '@limen/ssr/nextjs';
import { revalidatePath } from 'next/cache';
import { redirect } from 'next/navigation';
import { refusal, type Said } from '@/lib/refusals';
import { getActionSession } from '@/lib/session';

export async function add(_: Said, form: FormData): Promise<Said> {
  const session = await getActionSession();
  await requireUser(session, redirect);
  try {
    await session.client.request(createItem('posts', { title: String(form.get('title')) }));
  } catch (error) {
    return { message: refusal(error) };
  }
  revalidatePath('/posts');
  return {};
}

export async function remove(form: FormData): Promise<void> {
  const session = await getActionSession();
  await requireUser(session, redirect);
  await session.client.request(deleteItem('posts', Number(form.get('id'))));
  revalidatePath('/posts');
}
