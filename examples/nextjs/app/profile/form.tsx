'use client';
import { useActionState } from 'react';
import { save } from './actions';

export function ProfileForm({ email }: { readonly email: string }) {
  const [said, action, pending] = useActionState(save, {});
  return (
    <form action={action}>
      {said.message && <p role="alert">{said.message}</p>}
      {said.saved && <p role="status">Saved</p>}
      <label>
        E-mail
        <input name="email" type="email" autoComplete="email" defaultValue={said.email ?? email} required />
      </label>
      <button type="submit" disabled={pending}>
        Save
      </button>
    </form>
  );
}
