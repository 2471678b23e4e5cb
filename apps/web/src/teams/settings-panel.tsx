'use client';

import {
  DeleteTeamDocument,
  RenameTeamDocument,
  TeamDocument,
  TeamsDocument,
  ViewerDocument,
} from '@blockwise/client';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useChange } from '../api/use-api.ts';
import { Button } from '../ui/button.tsx';
import { Dialog, DialogButtons } from '../ui/dialog.tsx';
import { TextField } from '../ui/fields.tsx';
import { Form } from '../ui/form.tsx';
import { Panel } from '../ui/page.tsx';
import { tell } from '../ui/toasts.tsx';
import { ForRole } from './for-role.tsx';
import { useTeam } from './team-frame.tsx';
import styles from './teams.module.css';

/** Another name for the team, and its end. */
export function SettingsPanel() {
  const say = useTranslations('teams.settings');
  return (
    <ForRole least="OWNER" title={say('title')}>
      <Panel title={say('rename')}>
        <RenameForm />
      </Panel>
      <Panel title={say('danger')}>
        <DeleteTeam />
      </Panel>
    </ForRole>
  );
}

function RenameForm() {
  const say = useTranslations('teams.settings');
  const team = useTeam();
  const [name, setName] = useState(team.name);
  const rename = useChange(RenameTeamDocument, {
    renews: [TeamDocument, TeamsDocument, ViewerDocument],
    showsOwnErrors: true,
  });
  return (
    <Form
      onSubmit={() =>
        rename.mutate(
          { input: { team: team.id, name } },
          { onSuccess: () => tell({ text: say('renamed'), tone: 'good' }) },
        )
      }
    >
      <TextField
        label={say('name')}
        isRequired
        maxLength={100}
        value={name}
        onChange={setName}
        error={rename.error?.message}
      />
      <Button type="submit" isDisabled={rename.isPending || name === team.name}>
        {say('change')}
      </Button>
    </Form>
  );
}

/** Asks for the team's name before it deletes. */
function DeleteTeam() {
  const say = useTranslations('teams.settings');
  const common = useTranslations('common');
  const team = useTeam();
  const router = useRouter();
  const [isAsking, setAsking] = useState(false);
  const [typed, setTyped] = useState('');
  const remove = useChange(DeleteTeamDocument, {
    renews: [TeamsDocument, ViewerDocument],
    showsOwnErrors: true,
  });
  const show = (isShown: boolean) => {
    setTyped('');
    remove.reset();
    setAsking(isShown);
  };
  return (
    <div className={`${styles.stack} ${styles.danger}`}>
      <p>{say('deleteAbout')}</p>
      <div>
        <Button tone="danger" onPress={() => show(true)}>
          {say('delete')}
        </Button>
      </div>
      <Dialog
        isOpen={isAsking}
        role="alertdialog"
        title={say('deleteTitle', { team: team.name })}
        onOpenChange={show}
      >
        <p>{say('deleteText')}</p>
        <TextField
          label={say('typeName', { team: team.name })}
          autoFocus
          value={typed}
          onChange={setTyped}
          error={remove.error?.message}
        />
        <DialogButtons>
          <Button onPress={() => show(false)}>{common('cancel')}</Button>
          <Button
            tone="danger"
            isDisabled={typed !== team.name || remove.isPending}
            onPress={() =>
              remove.mutate(
                { input: { team: team.id } },
                { onSuccess: () => router.push('/teams') },
              )
            }
          >
            {say('delete')}
          </Button>
        </DialogButtons>
      </Dialog>
    </div>
  );
}
