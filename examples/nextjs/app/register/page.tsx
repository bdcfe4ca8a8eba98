import type { Metadata } from 'next';
import Link from 'next/link';
import { RegisterForm } from './form';

export const metadata: Metadata = { title: 'Sign up' };

export default function Register() {
  return (
    <>
      <h1>Sign up</h1>
      <RegisterForm />
      <p>
        You have an account? <Link href="/login">Log in</Link>
      </p>
    </>
  );
}
