'use client';

import { AcceptInvitationDocument } from '@blockwise/client';
import { useRouter } from 'next/navigation';
import { type FormEvent, useEffect, useState } from 'react';
import { useClient } from '../api/api-provider.tsx';
import { Empty, Panel, Problem } from '../ui/page.tsx';
import styles from './account.module.css';
import { Field } from './field.tsx';
import { signInRequests } from './sign-in-requests.ts';
import { useAction } from './use-action.ts';
import { useViewer } from './viewer.tsx';

/**
 * Joins a team by the secret behind `#`, which no server and no log sees; who has no account yet makes
 * one with it.
 */
export function InvitationView() {
  const client = useClient();
  const { viewer, refresh } = useViewer();
  const router = useRouter();
  const [secret, setSecret] = useState<string>();
  const [account, setAccount] = useState({ name: '', email: '', password: '' });
  const { isBusy, error, run } = useAction();
  useEffect(() => setSecret(decodeURIComponent(window.location.hash.slice(1))), []);

  if (secret === undefined || viewer === undefined) return <Empty>Loading…</Empty>;
  const join = async () => {
    await client.request(AcceptInvitationDocument, { input: { secret } });
    router.push('/account');
  };
  const signUp = (event: FormEvent) => {
    event.preventDefault();
    void run(async () => {
      await signInRequests(client.url).signUp({ ...account, invitation: secret });
      await refresh();
      await join();
    });
  };
  const set = (part: Partial<typeof account>) => setAccount({ ...account, ...part });
  return (
    <Panel title="You are invited to a team">
      {viewer !== null ? (
        <button type="button" className={styles.action} disabled={isBusy} onClick={() => run(join)}>
          Join as {viewer.user.name}
        </button>
      ) : (
        <form className={styles.column} onSubmit={signUp}>
          <Field
            label="Name"
            autoComplete="name"
            required
            maxLength={100}
            value={account.name}
            onChange={(event) => set({ name: event.target.value })}
          />
          <Field
            label="E-mail"
            type="email"
            autoComplete="username"
            required
            value={account.email}
            onChange={(event) => set({ email: event.target.value })}
          />
          <Field
            label="Password (10 characters or more)"
            type="password"
            autoComplete="new-password"
            minLength={10}
            required
            value={account.password}
            onChange={(event) => set({ password: event.target.value })}
          />
          <button type="submit" className={styles.action} disabled={isBusy}>
            Make account and join
          </button>
          <p className={styles.note}>
            If you have an account, sign in first and open the link again.
          </p>
        </form>
      )}
      {error && <Problem>{error.message}</Problem>}
    </Panel>
  );
}
