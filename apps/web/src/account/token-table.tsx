'use client';

import {
  AccountDocument,
  RevokeTokenDocument,
  TeamTokensDocument,
  type TokenDetailFragment,
} from '@blockwise/client';
import { useTranslations } from 'next-intl';
import { useChange } from '../api/use-api.ts';
import { Button } from '../ui/button.tsx';
import { useConfirm } from '../ui/confirm.tsx';
import { Empty } from '../ui/page.tsx';
import { Scroll } from '../ui/scroll.tsx';
import { Ago } from '../ui/times.tsx';
import { tell } from '../ui/toasts.tsx';

interface Row extends TokenDetailFragment {
  /** Who made it, where that is not the reader. */
  readonly user?: { readonly name: string };
}

/** Tokens that are still good, with the way to end each. */
export function TokenTable({
  name,
  tokens,
  isOfTeam = false,
}: {
  name: string;
  tokens: readonly Row[];
  /** Tells who made a token in place of which team it is for. */
  isOfTeam?: boolean;
}) {
  const say = useTranslations('account.tokens');
  const confirm = useConfirm();
  const revoke = useChange(RevokeTokenDocument, {
    renews: [AccountDocument, TeamTokensDocument],
  });
  if (tokens.length === 0) return <Empty>{say('none')}</Empty>;
  const end = async (token: Row) => {
    const isSure = await confirm({
      title: say('revokeTitle', { name: token.name }),
      text: say('revokeText'),
      yes: say('revoke'),
    });
    if (!isSure) return;
    revoke.mutate(
      { input: { token: token.id } },
      { onSuccess: () => tell({ text: say('revoked', { name: token.name }), tone: 'good' }) },
    );
  };
  return (
    <Scroll label={name}>
      <table>
        <thead>
          <tr>
            <th scope="col">{say('name')}</th>
            <th scope="col">{say('prefix')}</th>
            <th scope="col">{say('scopes')}</th>
            <th scope="col">{isOfTeam ? say('madeBy') : say('team')}</th>
            <th scope="col">{say('ends')}</th>
            <th scope="col">{say('lastUsed')}</th>
            <td />
          </tr>
        </thead>
        <tbody>
          {tokens.map((token) => (
            <tr key={token.id}>
              <th scope="row">{token.name}</th>
              <td>
                <code>{token.prefix}…</code>
              </td>
              <td>{token.scopes.join(', ')}</td>
              <td>{isOfTeam ? token.user?.name : (token.team?.name ?? say('allTeams'))}</td>
              <td>
                <Ago at={token.expiresAt} />
              </td>
              <td>{token.lastUsedAt == null ? say('never') : <Ago at={token.lastUsedAt} />}</td>
              <td className="number">
                <Button
                  tone="danger"
                  aria-label={say('revokeNamed', { name: token.name })}
                  isDisabled={revoke.isPending}
                  onPress={() => end(token)}
                >
                  {say('revoke')}
                </Button>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}
