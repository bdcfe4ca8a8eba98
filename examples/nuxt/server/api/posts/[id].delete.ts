import { deleteItem } from '@directus/sdk';

export default defineEventHandler(async (event) => {
  const id = Number(getRouterParam(event, 'id'));
  await told(event.context.session.client.request(deleteItem('posts', id)));
  return null;
});
