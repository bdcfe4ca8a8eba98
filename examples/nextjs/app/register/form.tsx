'use client';
import { useActionState } from 'react';
import { register } from './actions';

export function RegisterForm() {
  const [said, action, pending] = useActionState(register, {});
  return (
    <form action={action}>
      {said.message && <p role="alert">{said.message}</p>}
      <label>
        E-mail
        <input name="email" type="email" autoComplete="username" defaultValue={said.email} required />
      </label>
      <label>
        Password
        <input name="password" type="password" autoComplete="new-password" minLength={8} required />
      </label>
      <button type="submit" disabled={pending}>
        Sign up
      </button>
    </form>
  );
}
