export default defineEventHandler(async (event) => {
  await told(event.context.session.logout());
  return null;
});
