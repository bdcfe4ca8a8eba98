import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { createContext, type ReactNode, use, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { placeOf } from '../app/places.ts';
import { client, onSessionEnd } from './api.ts';
import { keepAlive, letEnd, prolong } from './keep-alive.ts';
import { type Me, meQuery } from './me.ts';
import { SignInAgain } from './sign-in-again.tsx';

export interface Session {
  readonly me: Me | null;
  /** To be called after a way of signing in has set the session's cookie; `expires` in milliseconds from now. */
  begin(expires: number | null): Promise<void>;
  /** Ends the session here and on the server, and leads to the login. */
  end(): Promise<void>;
}

const SessionContext = createContext<Session | null>(null);

interface Waiting {
  readonly goOn: () => void;
  readonly giveUp: (reason: Error) => void;
}

export function SessionProvider({ children }: { readonly children: ReactNode }) {
  const queries = useQueryClient();
  const { data: me } = useSuspenseQuery(meQuery);
  const [asked, setAsked] = useState(false);
  const waiting = useRef<Waiting[]>([]);
  const signedIn = me !== null;

  const askAgain = useCallback(
    () =>
      new Promise<void>((goOn, giveUp) => {
        waiting.current.push({ goOn, giveUp });
        setAsked(true);
      }),
    [],
  );
  const ended = useCallback(() => void askAgain().catch(() => undefined), [askAgain]);

  useEffect(() => {
    onSessionEnd(askAgain);
    if (signedIn) void prolong(ended);
    else letEnd();
  }, [signedIn, askAgain, ended]);

  const begin = useCallback(
    async (expires: number | null) => {
      if (expires !== null) keepAlive(expires, ended);
      await queries.invalidateQueries();
      await queries.refetchQueries({ queryKey: meQuery.queryKey });
    },
    [queries, ended],
  );

  const end = useCallback(async () => {
    letEnd();
    await client.logout({ mode: 'session' }).catch(() => undefined);
    sessionStorage.clear();
    // A new page: everything that was read with the session goes with the old one.
    window.location.assign(placeOf('login'));
  }, []);

  const settle = (again: boolean): void => {
    setAsked(false);
    for (const { goOn, giveUp } of waiting.current.splice(0)) again ? goOn() : giveUp(new Error('signed out'));
  };

  const session = useMemo<Session>(() => ({ me, begin, end }), [me, begin, end]);
  return (
    <SessionContext value={session}>
      {children}
      {asked && me && (
        <SignInAgain
          me={me}
          onDone={(expires) => {
            if (expires !== null) keepAlive(expires, ended);
            settle(true);
          }}
          onLeave={() => {
            settle(false);
            void end();
          }}
        />
      )}
    </SessionContext>
  );
}

export function useSession(): Session {
  const session = use(SessionContext);
  if (!session) throw new Error('SessionProvider is missing');
  return session;
}

/** The signed-in person, below pages that ask for one. */
export function useMe(): Me {
  const { me } = useSession();
  if (!me) throw new Error('nobody is signed in');
  return me;
}
