'use client';

import { UpdateViewerDocument, ViewerDocument } from '@blockwise/client';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useChange } from '../api/use-api.ts';
import { Button } from '../ui/button.tsx';
import { TextField } from '../ui/fields.tsx';
import { Form } from '../ui/form.tsx';
import { tell } from '../ui/toasts.tsx';
import styles from './account.module.css';

/** The name by which others know you. */
export function ProfileForm({ name }: { name: string }) {
  const say = useTranslations('account');
  const [typed, setTyped] = useState(name);
  const rename = useChange(UpdateViewerDocument, { renews: [ViewerDocument] });
  const submit = () =>
    rename.mutate(
      { input: { name: typed } },
      { onSuccess: () => tell({ text: say('nameChanged'), tone: 'good' }) },
    );
  return (
    <section className={styles.part} aria-label={say('name')}>
      <h3>{say('name')}</h3>
      <Form isColumn onSubmit={submit}>
        <TextField
          label={say('yourName')}
          hint={say('nameHint')}
          autoComplete="name"
          isRequired
          maxLength={100}
          value={typed}
          onChange={setTyped}
        />
        <Button type="submit" isDisabled={rename.isPending || typed === name}>
          {say('changeName')}
        </Button>
      </Form>
    </section>
  );
}
