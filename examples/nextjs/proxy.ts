import { sessionProxy } from '@limen/ssr/nextjs';
import { NextResponse } from 'next/server';
import { sessions } from '@/lib/sessions';

// Refreshes: server components can't. Pages and actions ask for the user again, in the place where data is read.
export const proxy = sessionProxy(sessions, NextResponse, { protect: ['/profile', '/posts'] });

export const config = { matcher: '/((?!_next/static|_next/image|favicon.ico).*)' };
