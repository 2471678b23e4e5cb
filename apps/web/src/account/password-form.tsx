'use client';

import { SetPasswordDocument } from '@blockwise/client';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useChange } from '../api/use-api.ts';
import { Button } from '../ui/button.tsx';
import { TextField } from '../ui/fields.tsx';
import { Form } from '../ui/form.tsx';
import { tell } from '../ui/toasts.tsx';
import styles from './account.module.css';

/** A password, for signing in without a link. */
export function PasswordForm() {
  const say = useTranslations('account');
  const [current, setCurrent] = useState('');
  const [password, setPassword] = useState('');
  const change = useChange(SetPasswordDocument, { showsOwnErrors: true });
  const submit = () =>
    change.mutate(
      { input: { password, current: current === '' ? null : current } },
      {
        onSuccess: () => {
          setCurrent('');
          setPassword('');
          tell({ text: say('passwordSet'), tone: 'good' });
        },
      },
    );
  return (
    <section className={styles.part} aria-label={say('password')}>
      <h3>{say('password')}</h3>
      <Form isColumn onSubmit={submit}>
        <TextField
          label={say('currentPassword')}
          hint={say('currentHint')}
          type="password"
          autoComplete="current-password"
          value={current}
          onChange={setCurrent}
          error={change.error?.message}
        />
        <TextField
          label={say('newPassword')}
          hint={say('passwordHint')}
          type="password"
          autoComplete="new-password"
          minLength={10}
          isRequired
          value={password}
          onChange={setPassword}
        />
        <Button type="submit" isDisabled={change.isPending || password === ''}>
          {say('setPassword')}
        </Button>
      </Form>
    </section>
  );
}
