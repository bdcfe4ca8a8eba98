import { setFlagsFromString } from 'node:v8';
import type { FastifyInstance } from 'fastify';
import { createServer, type Log, type Project } from '../../app.ts';
import type { Config } from '../../config/index.ts';
import { ensureAdministrator } from '../first-administrator.ts';
import { makeLog, open, readConfig } from '../project.ts';

/** Serves until it is told to stop. */
export async function run(): Promise<number> {
  const config = readConfig();
  if (!config) return 1;
  const log = makeLog(config.logLevel);
  const project = await open(config, log);
  const server = await createServer(project, log);
  try {
    await ensureAdministrator(project);
    await listen(server, config);
  } catch (error) {
    await project.close();
    throw error;
  }
  process.stdout.write(`Limen listens on ${config.unixSocketPath ?? config.publicUrl}\n`);
  setFlagsFromString('--semi-space-growth-factor=2'); // V8's own; held down while loading, in limen.js
  void project.outbox.verify();
  await untilTold();
  await stop(server, project, config, log);
  return 0;
}

async function listen(server: FastifyInstance, config: Config): Promise<void> {
  if (config.unixSocketPath) await server.listen({ path: config.unixSocketPath });
  else await server.listen({ host: config.host, port: config.port });
}

/** Resolves at the first SIGTERM or SIGINT; a second one ends the process as usual. */
function untilTold(): Promise<void> {
  return new Promise((resolve) => {
    const told = (): void => {
      process.off('SIGTERM', told);
      process.off('SIGINT', told);
      resolve();
    };
    process.on('SIGTERM', told);
    process.on('SIGINT', told);
  });
}

/** Requests in flight get SERVER_SHUTDOWN_TIMEOUT to end; then their connections close, and the database is closed. */
async function stop(server: FastifyInstance, project: Project, config: Config, log: Log): Promise<void> {
  log('info', 'Stopping');
  const late = setTimeout(() => server.server.closeAllConnections(), config.serverShutdownTimeoutMs);
  await server.close();
  clearTimeout(late);
  await project.close();
}
