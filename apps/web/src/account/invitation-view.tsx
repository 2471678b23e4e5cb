'use client';

import { AcceptInvitationDocument } from '@blockwise/client';
import { useMutation } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { useClient } from '../api/api-provider.tsx';
import { teamPath } from '../teams/team-path.ts';
import { Button } from '../ui/button.tsx';
import { TextField } from '../ui/fields.tsx';
import { Form } from '../ui/form.tsx';
import { LinkButton } from '../ui/link-button.tsx';
import { Panel, Problem, Skeleton } from '../ui/page.tsx';
import { tell } from '../ui/toasts.tsx';
import styles from './account.module.css';
import { signInRequests } from './sign-in-requests.ts';
import { useViewer } from './viewer.tsx';

/**
 * Joins a team by the secret behind `#`, which no server and no log sees; who has no account yet makes
 * one with it.
 */
export function InvitationView() {
  const say = useTranslations('account');
  const common = useTranslations('common');
  const { viewer, refresh } = useViewer();
  const client = useClient();
  const router = useRouter();
  const [secret, setSecret] = useState<string>();
  const [account, setAccount] = useState({ name: '', email: '', password: '' });
  useEffect(() => setSecret(decodeURIComponent(window.location.hash.slice(1))), []);
  const join = useMutation({
    mutationFn: async (isNew: boolean) => {
      const invitation = secret ?? '';
      if (isNew) await signInRequests(client.url).signUp({ ...account, invitation });
      const input = { secret: invitation };
      return (await client.request(AcceptInvitationDocument, { input })).acceptInvitation;
    },
    onSuccess: async (team) => {
      tell({ text: say('joined', { team: team.name }), tone: 'good' });
      router.push(teamPath(team.id));
      await refresh();
    },
    // The account may be there although joining failed.
    onError: refresh,
  });

  if (secret === undefined || viewer === undefined) return <Skeleton label={common('loading')} />;
  if (secret === '') return <Problem>{say('noSecret')}</Problem>;
  const set = (part: Partial<typeof account>) => setAccount({ ...account, ...part });
  return (
    <div className={styles.narrow}>
      <Panel title={say('invited')}>
        <div className={styles.stack}>
          {viewer !== null ? (
            <div>
              <Button tone="main" isDisabled={join.isPending} onPress={() => join.mutate(false)}>
                {say('joinAs', { name: viewer.user.name })}
              </Button>
            </div>
          ) : (
            <Form isColumn onSubmit={() => join.mutate(true)}>
              <TextField
                label={say('yourName')}
                autoComplete="name"
                isRequired
                maxLength={100}
                value={account.name}
                onChange={(name) => set({ name })}
              />
              <TextField
                label={say('email')}
                type="email"
                autoComplete="username"
                isRequired
                value={account.email}
                onChange={(email) => set({ email })}
              />
              <TextField
                label={say('password')}
                hint={say('passwordHint')}
                type="password"
                autoComplete="new-password"
                minLength={10}
                isRequired
                value={account.password}
                onChange={(password) => set({ password })}
              />
              <Button type="submit" tone="main" isDisabled={join.isPending}>
                {say('makeAndJoin')}
              </Button>
            </Form>
          )}
          {join.error && <Problem>{join.error.message}</Problem>}
        </div>
      </Panel>
      {viewer === null && (
        <p className={styles.note}>
          {say('haveAccount')} <LinkButton href="/sign-in">{say('signIn')}</LinkButton>
        </p>
      )}
    </div>
  );
}
