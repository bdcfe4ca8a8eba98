/** Where people come back to who logged in with a provider. */
export default defineEventHandler(async (event) =>
  sendRedirect(event, await event.context.session.handleCallback(), 303),
);
