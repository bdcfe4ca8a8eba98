export { ApiError, ApiErrors, throwAll } from './api-error.ts';
export * from './catalogue.ts';
