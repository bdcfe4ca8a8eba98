/** For programs that embed a server: open a project, then serve it or use its items directly. */
export { bootstrapProject, createServer, type Log, openProject, type Project } from './app.ts';
export { type Config, ConfigError, loadConfig, projectSecret } from './config/index.ts';
export * from './wire/index.ts';
