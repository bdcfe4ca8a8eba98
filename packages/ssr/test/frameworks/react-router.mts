import { createSessions, type Session } from '@limen/ssr';
import { requireUser, sessionMiddleware } from '@limen/ssr/react-router';
import { createContext, type LoaderFunctionArgs, type MiddlewareFunction } from 'react-router';
import type { Schema } from './schema.mjs';

const sessions = createSessions<Schema>({ url: 'https://api.example.com' });
export const sessionContext = createContext<Session<Schema>>();
export const middleware: MiddlewareFunction<Response>[] = [sessionMiddleware(sessions, sessionContext)];
export async function loader({ context }: LoaderFunctionArgs) {
  const user = await requireUser(context.get(sessionContext));
  return { email: user.email };
}
