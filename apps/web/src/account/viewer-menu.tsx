'use client';

import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useClient } from '../api/api-provider.tsx';
import { signInRequests } from './sign-in-requests.ts';
import { useViewer } from './viewer.tsx';
import styles from './viewer-menu.module.css';

/** Who is signed in, and the way out; or the way in. */
export function ViewerMenu() {
  const { url } = useClient();
  const { viewer, refresh } = useViewer();
  const router = useRouter();
  if (viewer === undefined) return null;
  if (viewer === null) return <Link href="/sign-in">Sign in</Link>;
  const signOut = async () => {
    await signInRequests(url).signOut();
    await refresh();
    router.push('/sign-in');
  };
  return (
    <>
      <Link href="/account">{viewer.user.name}</Link>
      <button type="button" className={styles.out} onClick={signOut}>
        Sign out
      </button>
    </>
  );
}
