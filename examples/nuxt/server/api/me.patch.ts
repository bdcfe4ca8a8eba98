import { updateMe } from '@directus/sdk';

export default defineEventHandler(async (event) => {
  const { email } = await readBody<{ email: string }>(event);
  await told(event.context.session.client.request(updateMe({ email })));
  return null;
});
