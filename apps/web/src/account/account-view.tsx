'use client';

import { useTranslations } from 'next-intl';
import { LinkButton } from '../ui/link-button.tsx';
import { Empty, Panel, Skeleton } from '../ui/page.tsx';
import styles from './account.module.css';
import { AppearanceForm } from './appearance-form.tsx';
import { MyTokens } from './my-tokens.tsx';
import { PasswordForm } from './password-form.tsx';
import { ProfileForm } from './profile-form.tsx';
import { useViewer } from './viewer.tsx';

/** Your name and password, how the dashboard looks, and the tokens of your programs. */
export function AccountView() {
  const say = useTranslations('account');
  const common = useTranslations('common');
  const { viewer } = useViewer();
  if (viewer === undefined) return <Skeleton lines={6} label={common('loading')} />;
  if (viewer === null) {
    return (
      <Panel title={say('title')}>
        <Empty>{say('nobody')}</Empty>
        <LinkButton href="/sign-in" tone="main">
          {say('signIn')}
        </LinkButton>
      </Panel>
    );
  }
  const { user, memberships } = viewer;
  return (
    <>
      <Panel title={say('profile')} aside={<span className={styles.note}>{user.email}</span>}>
        <div className={styles.parts}>
          <ProfileForm name={user.name} />
          <PasswordForm />
          <AppearanceForm />
        </div>
      </Panel>
      <MyTokens teams={memberships.map(({ team }) => team)} />
    </>
  );
}
