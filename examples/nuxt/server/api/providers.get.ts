import { readProviders } from '@directus/sdk';

interface Provider {
  readonly name: string;
  readonly label?: string;
}

export default defineEventHandler(async (event) => {
  const providers = await told(event.context.session.client.request(readProviders()));
  return (providers as readonly Provider[]).map(({ name, label = name }) => ({ name, label }));
});
