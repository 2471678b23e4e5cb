'use client';

import {
  CreateTokenDocument,
  RevokeTokenDocument,
  type TokenDetailFragment,
  type TokenScope,
} from '@blockwise/client';
import { type FormEvent, useId, useState } from 'react';
import { useClient } from '../api/api-provider.tsx';
import { formatMoment } from '../ui/format.ts';
import { Empty, Panel, Problem } from '../ui/page.tsx';
import styles from './account.module.css';
import { Field } from './field.tsx';
import { useAction } from './use-action.ts';

const scopes: readonly TokenScope[] = ['READ', 'WRITE', 'ADMIN'];

/** Tokens for notebooks and other programs; a secret is shown once. */
export function TokensPanel({
  tokens,
  teams,
}: {
  tokens: readonly TokenDetailFragment[];
  teams: readonly { id: string; name: string }[];
}) {
  const client = useClient();
  const id = useId();
  const [name, setName] = useState('');
  const [team, setTeam] = useState('');
  const [chosen, setChosen] = useState<readonly TokenScope[]>(['READ', 'WRITE']);
  const [secret, setSecret] = useState<string>();
  const { isBusy, error, run } = useAction();

  const make = (event: FormEvent) => {
    event.preventDefault();
    void run(async () => {
      const input = { name, scopes: [...chosen], team: team === '' ? null : team };
      const { createToken } = await client.request(CreateTokenDocument, { input });
      setSecret(createToken.secret);
      setName('');
    });
  };
  const revoke = (token: string) =>
    run(async () => {
      await client.request(RevokeTokenDocument, { input: { token } });
    });

  return (
    <Panel title="Tokens">
      {tokens.length === 0 ? (
        <Empty>No token yet. A notebook signs in with one.</Empty>
      ) : (
        <table>
          <thead>
            <tr>
              <th scope="col">Name</th>
              <th scope="col">Begins</th>
              <th scope="col">Scopes</th>
              <th scope="col">Team</th>
              <th scope="col">Ends</th>
              <th scope="col">Last used</th>
              <th scope="col">
                <span className="visually-hidden">Actions</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {tokens.map((token) => (
              <tr key={token.id}>
                <td>{token.name}</td>
                <td>
                  <code>{token.prefix}…</code>
                </td>
                <td>{token.scopes.join(', ')}</td>
                <td>{token.team?.name ?? 'all yours'}</td>
                <td>{formatMoment(token.expiresAt)}</td>
                <td>{token.lastUsedAt ? formatMoment(token.lastUsedAt) : 'never'}</td>
                <td>
                  <button
                    type="button"
                    className={styles.action}
                    disabled={isBusy}
                    onClick={() => revoke(token.id)}
                  >
                    Revoke
                  </button>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {secret !== undefined && (
        <p role="status">
          The new token. It is not shown again:
          <code className={styles.secret}>{secret}</code>
        </p>
      )}
      <form className={styles.form} onSubmit={make}>
        <Field
          label="What the token is for"
          required
          maxLength={100}
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
        <div className={styles.field}>
          <label htmlFor={`${id}-team`}>Team</label>
          <select id={`${id}-team`} value={team} onChange={(event) => setTeam(event.target.value)}>
            <option value="">all yours</option>
            {teams.map((each) => (
              <option key={each.id} value={each.id}>
                {each.name}
              </option>
            ))}
          </select>
        </div>
        <fieldset className={styles.scopes}>
          <legend className="visually-hidden">Scopes</legend>
          {scopes.map((scope) => (
            <label key={scope}>
              <input
                type="checkbox"
                checked={chosen.includes(scope)}
                onChange={({ target }) =>
                  setChosen(
                    target.checked ? [...chosen, scope] : chosen.filter((one) => one !== scope),
                  )
                }
              />{' '}
              {scope}
            </label>
          ))}
        </fieldset>
        <button type="submit" className={styles.action} disabled={isBusy || chosen.length === 0}>
          Make token
        </button>
      </form>
      {error && <Problem>{error.message}</Problem>}
    </Panel>
  );
}
