'use client';
import { useActionState } from 'react';
import { add } from './actions';

export function PostForm() {
  const [said, action, pending] = useActionState(add, {});
  return (
    <form action={action}>
      {said.message && <p role="alert">{said.message}</p>}
      <label>
        Title
        <input name="title" maxLength={255} required />
      </label>
      <button type="submit" disabled={pending}>
        Add
      </button>
    </form>
  );
}
