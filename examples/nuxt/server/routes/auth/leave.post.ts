/** A form of its own sends people here, and they leave for their provider. */
export default defineEventHandler(async (event) => {
  const form = await readFormData(event);
  return sendRedirect(event, await event.context.session.loginWith(String(form.get('provider'))), 303);
});
