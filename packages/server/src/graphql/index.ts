export { type SchemaScope, schemaModel } from './schema-model.ts';
export { printSchema } from './sdl.ts';
