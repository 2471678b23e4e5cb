'use client';

import { SetPasswordDocument, UpdateViewerDocument } from '@blockwise/client';
import { type FormEvent, useState } from 'react';
import { useClient } from '../api/api-provider.tsx';
import { Panel, Problem } from '../ui/page.tsx';
import styles from './account.module.css';
import { Field } from './field.tsx';
import { useAction } from './use-action.ts';
import { useViewer } from './viewer.tsx';

/** Your name, and a password for signing in without a link. */
export function ProfilePanel({ name, email }: { name: string; email: string }) {
  const client = useClient();
  const { refresh } = useViewer();
  const [newName, setNewName] = useState(name);
  const [current, setCurrent] = useState('');
  const [password, setPassword] = useState('');
  const [told, setTold] = useState('');
  const { isBusy, error, run } = useAction();

  const rename = (event: FormEvent) => {
    event.preventDefault();
    void run(async () => {
      await client.request(UpdateViewerDocument, { input: { name: newName } });
      await refresh();
      setTold('The name is changed.');
    });
  };
  const change = (event: FormEvent) => {
    event.preventDefault();
    void run(async () => {
      const input = { password, current: current === '' ? null : current };
      await client.request(SetPasswordDocument, { input });
      setCurrent('');
      setPassword('');
      setTold('The password is set.');
    });
  };
  return (
    <Panel title="Profile" aside={<span>{email}</span>}>
      <form className={styles.form} onSubmit={rename}>
        <Field
          label="Name"
          required
          maxLength={100}
          value={newName}
          onChange={(event) => setNewName(event.target.value)}
        />
        <button type="submit" className={styles.action} disabled={isBusy}>
          Change name
        </button>
      </form>
      <form className={styles.form} onSubmit={change}>
        <Field
          label="Password so far (empty if none)"
          type="password"
          autoComplete="current-password"
          value={current}
          onChange={(event) => setCurrent(event.target.value)}
        />
        <Field
          label="New password (10 characters or more)"
          type="password"
          autoComplete="new-password"
          minLength={10}
          required
          value={password}
          onChange={(event) => setPassword(event.target.value)}
        />
        <button type="submit" className={styles.action} disabled={isBusy}>
          Set password
        </button>
      </form>
      {told !== '' && error === undefined && <p role="status">{told}</p>}
      {error && <Problem>{error.message}</Problem>}
    </Panel>
  );
}
