'use client';

import { useMutation } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useClient } from '../api/api-provider.tsx';
import { Button } from '../ui/button.tsx';
import { TextField } from '../ui/fields.tsx';
import { Form } from '../ui/form.tsx';
import { Panel, Problem } from '../ui/page.tsx';
import styles from './account.module.css';
import { signInRequests } from './sign-in-requests.ts';
import { useViewer } from './viewer.tsx';

/** E-mail and password, and the configured provider. */
export function SignInForm() {
  const say = useTranslations('account');
  const { url } = useClient();
  const { server, refresh } = useViewer();
  const router = useRouter();
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const signIn = useMutation({
    mutationFn: () => signInRequests(url).signIn(email, password),
    onSuccess: async () => {
      await refresh();
      router.push('/');
    },
  });
  const leave = useMutation({
    mutationFn: () => signInRequests(url).openIdPage(),
    onSuccess: (page) => window.location.assign(page),
  });
  const error = signIn.error ?? leave.error;
  return (
    <div className={styles.narrow}>
      <Panel title={say('signInTitle')}>
        <div className={styles.stack}>
          <Form isColumn onSubmit={() => signIn.mutate()}>
            <TextField
              label={say('email')}
              type="email"
              autoComplete="username"
              isRequired
              value={email}
              onChange={setEmail}
            />
            <TextField
              label={say('password')}
              type="password"
              autoComplete="current-password"
              isRequired
              value={password}
              onChange={setPassword}
            />
            <Button type="submit" tone="main" isDisabled={signIn.isPending}>
              {say('signIn')}
            </Button>
          </Form>
          {error && <Problem>{error.message}</Problem>}
          {server?.openId && (
            <div>
              <Button isDisabled={leave.isPending} onPress={() => leave.mutate()}>
                {say('signInWith', { provider: server.openId })}
              </Button>
            </div>
          )}
        </div>
      </Panel>
      <p className={styles.note}>
        {say.rich('signInNote', { code: (text) => <code>{text}</code> })}
      </p>
      <p className={styles.note}>{say('invitationNote')}</p>
    </div>
  );
}
