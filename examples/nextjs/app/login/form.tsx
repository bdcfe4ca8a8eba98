'use client';
import { useActionState } from 'react';
import { login } from './actions';

export function LoginForm({ redirectedFrom, failed }: { readonly redirectedFrom: string; readonly failed: boolean }) {
  const [said, action, pending] = useActionState(login, {
    message: failed ? 'Logging in there didn’t work. Try again, or use another way.' : undefined,
  });
  return (
    <form action={action}>
      {said.message && <p role="alert">{said.message}</p>}
      <input type="hidden" name="redirectedFrom" value={redirectedFrom} />
      <label>
        E-mail
        <input name="email" type="email" autoComplete="username" defaultValue={said.email} required />
      </label>
      <label>
        Password
        <input name="password" type="password" autoComplete="current-password" required />
      </label>
      <button type="submit" disabled={pending}>
        Log in
      </button>
    </form>
  );
}
