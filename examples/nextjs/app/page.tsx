import Link from 'next/link';

export default function Home() {
  return (
    <>
      <h1>Members</h1>
      <p>
        Everybody can sign up here. What you write is yours: nobody else sees your <Link href="/posts">posts</Link>.
      </p>
    </>
  );
}
