import type { Credentials } from '#shared/types/members';

export default defineEventHandler(async (event) => {
  const { email, password } = await readBody<Credentials>(event);
  await told(event.context.session.register({ email, password }));
  return null;
});
