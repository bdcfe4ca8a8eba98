import type { Credentials } from '#shared/types/members';

/** Says where to go on: the `redirectedFrom` of the address, never another site. */
export default defineEventHandler(async (event) => {
  const { session } = event.context;
  const { email, password } = await readBody<Credentials>(event);
  await told(session.login({ email, password }));
  return { location: session.redirectedFrom() };
});
