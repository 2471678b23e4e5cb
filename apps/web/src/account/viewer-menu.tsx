'use client';

import { LogOut } from 'lucide-react';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useClient } from '../api/api-provider.tsx';
import { Button } from '../ui/button.tsx';
import { LinkButton } from '../ui/link-button.tsx';
import { signInRequests } from './sign-in-requests.ts';
import { useViewer } from './viewer.tsx';
import styles from './viewer-menu.module.css';

/** Who is signed in, and the way out; or the way in. */
export function ViewerMenu() {
  const say = useTranslations('shell');
  const { url } = useClient();
  const { viewer, refresh } = useViewer();
  const router = useRouter();
  if (viewer === undefined) return null;
  if (viewer === null) return <LinkButton href="/sign-in">{say('signIn')}</LinkButton>;
  const signOut = async () => {
    await signInRequests(url).signOut();
    await refresh();
    router.push('/sign-in');
  };
  return (
    <div className={styles.viewer}>
      <Link href="/account" className={styles.name}>
        {viewer.user.name}
      </Link>
      <Button tone="quiet" icon={<LogOut aria-hidden />} onPress={signOut}>
        {say('signOut')}
      </Button>
    </div>
  );
}
