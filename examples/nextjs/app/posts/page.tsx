import { readItems } from '@directus/sdk';
import { requireUser } from '@limen/ssr/nextjs';
import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { getSession } from '@/lib/session';
import { remove } from './actions';
import { PostForm } from './form';

export const metadata: Metadata = { title: 'Posts' };

/** The policy says whose posts these are: nothing here has to filter. */
export default async function Posts() {
  const session = await getSession();
  await requireUser(session, redirect);
  const posts = await session.client.request(readItems('posts', { fields: ['id', 'title'], sort: ['-id'], limit: 50 }));
  return (
    <>
      <h1>Posts</h1>
      <PostForm />
      <ul>
        {posts.map(({ id, title }) => (
          <li key={id}>
            <span>{title}</span>
            <form className="inline" action={remove}>
              <button type="submit" className="quiet" name="id" value={id} aria-label={`Remove ${title}`}>
                Remove
              </button>
            </form>
          </li>
        ))}
      </ul>
    </>
  );
}
