'use client';

import { useRouter } from 'next/navigation';
import { type FormEvent, useState } from 'react';
import { useClient } from '../api/api-provider.tsx';
import { Panel, Problem } from '../ui/page.tsx';
import styles from './account.module.css';
import { Field } from './field.tsx';
import { signInRequests } from './sign-in-requests.ts';
import { useAction } from './use-action.ts';
import { useViewer } from './viewer.tsx';

/** E-mail and password, and the configured provider. */
export function SignInForm() {
  const { url } = useClient();
  const { server, refresh } = useViewer();
  const router = useRouter();
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const { isBusy, error, run } = useAction();

  const submit = (event: FormEvent) => {
    event.preventDefault();
    void run(async () => {
      await signInRequests(url).signIn(email, password);
      await refresh();
      router.push('/');
    });
  };
  return (
    <Panel title="Your account">
      <form className={styles.column} onSubmit={submit}>
        <Field
          label="E-mail"
          type="email"
          autoComplete="username"
          required
          value={email}
          onChange={(event) => setEmail(event.target.value)}
        />
        <Field
          label="Password"
          type="password"
          autoComplete="current-password"
          required
          value={password}
          onChange={(event) => setPassword(event.target.value)}
        />
        <button type="submit" className={styles.action} disabled={isBusy}>
          Sign in
        </button>
        {server?.openId && (
          <button
            type="button"
            className={styles.action}
            disabled={isBusy}
            onClick={() =>
              run(async () => window.location.assign(await signInRequests(url).openIdPage()))
            }
          >
            Sign in with {server.openId}
          </button>
        )}
        {error && <Problem>{error.message}</Problem>}
      </form>
      <p className={styles.note}>
        On the machine that runs the server, <code>npm run blockwise -- sign-in</code> prints a link
        that signs you in as its owner. An account of your own comes with an invitation to a team.
      </p>
    </Panel>
  );
}
