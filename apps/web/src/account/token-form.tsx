'use client';

import {
  AccountDocument,
  CreateTokenDocument,
  TeamTokensDocument,
  type TokenScope,
} from '@blockwise/client';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useChange } from '../api/use-api.ts';
import { Button } from '../ui/button.tsx';
import { Checkbox, Select, TextField } from '../ui/fields.tsx';
import { CheckGroup, Form } from '../ui/form.tsx';
import { Problem } from '../ui/page.tsx';
import { Secret } from '../ui/secret.tsx';
import styles from './account.module.css';

const scopes = ['READ', 'WRITE', 'ADMIN'] as const satisfies readonly TokenScope[];
const days = ['7', '30', '90', '366'] as const;
const everyTeam = '';

/** Makes a token and shows its secret, once. */
export function TokenForm({
  teams,
  onlyTeam,
}: {
  /** To choose from. */
  teams: readonly { readonly id: string; readonly name: string }[];
  /** Id of the team that it will be for, where that is not to be chosen. */
  onlyTeam?: string;
}) {
  const say = useTranslations('account.tokens');
  const [name, setName] = useState('');
  const [chosenTeam, setChosenTeam] = useState(onlyTeam ?? everyTeam);
  const [chosen, setChosen] = useState<readonly TokenScope[]>(['READ', 'WRITE']);
  const [lasting, setLasting] = useState<(typeof days)[number]>('90');
  const [made, setMade] = useState<{ readonly name: string; readonly secret: string }>();
  const create = useChange(CreateTokenDocument, {
    renews: [AccountDocument, TeamTokensDocument],
    showsOwnErrors: true,
  });
  const submit = () => {
    const input = {
      name,
      scopes: [...chosen],
      days: Number(lasting),
      team: chosenTeam === everyTeam ? null : chosenTeam,
    };
    create.mutate(
      { input },
      {
        onSuccess: ({ createToken }) => {
          setMade({ name, secret: createToken.secret });
          setName('');
        },
      },
    );
  };
  return (
    <section className={`${styles.stack} ${styles.add}`} aria-label={say('make')}>
      <h3>{say('make')}</h3>
      <Form onSubmit={submit}>
        <TextField
          label={say('purpose')}
          placeholder={say('purposeExample')}
          isRequired
          maxLength={100}
          value={name}
          onChange={setName}
        />
        {onlyTeam === undefined && (
          <Select
            label={say('team')}
            value={chosenTeam}
            options={[
              { value: everyTeam, name: say('allTeams') },
              ...teams.map((team) => ({ value: team.id, name: team.name })),
            ]}
            onChange={setChosenTeam}
          />
        )}
        <Select
          label={say('lasts')}
          value={lasting}
          options={days.map((value) => ({ value, name: say('days', { days: Number(value) }) }))}
          onChange={setLasting}
        />
        <CheckGroup label={say('scopes')}>
          {scopes.map((scope) => (
            <Checkbox
              key={scope}
              isSelected={chosen.includes(scope)}
              onChange={(isChosen) =>
                setChosen(
                  scopes.filter((each) => (each === scope ? isChosen : chosen.includes(each))),
                )
              }
            >
              <span>
                {scope} <span className={styles.note}>{say(`scope.${scope}`)}</span>
              </span>
            </Checkbox>
          ))}
        </CheckGroup>
        <Button type="submit" isDisabled={create.isPending || chosen.length === 0}>
          {say('create')}
        </Button>
      </Form>
      {create.error && <Problem>{create.error.message}</Problem>}
      {made && (
        <Secret
          about={say('once', { name: made.name })}
          text={made.secret}
          onClose={() => setMade(undefined)}
        />
      )}
    </section>
  );
}
