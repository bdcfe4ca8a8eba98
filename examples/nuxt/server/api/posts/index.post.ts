import { createItem } from '@directus/sdk';

export default defineEventHandler(async (event) => {
  const { title } = await readBody<{ title: string }>(event);
  await told(event.context.session.client.request(createItem('posts', { title })));
  return null;
});
