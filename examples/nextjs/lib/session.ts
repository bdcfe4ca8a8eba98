import 'server-only';
import { actionSession, pageSession } from '@limen/ssr/nextjs';
import { cookies, headers } from 'next/headers';
import { cache } from 'react';
import { sessions } from '@/lib/sessions';

/** In pages and layouts: one session per request, however many components ask. */
export const getSession = cache(async () => pageSession(sessions, await headers()));

/** In server actions: this one may sign in and out. */
export const getActionSession = async () => actionSession(sessions, await headers(), await cookies());
