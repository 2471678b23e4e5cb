'use client';

import {
  BoardsOfDataDocument,
  EnterLeaderboardDocument,
  type OneNetworkFragment,
  RecipesDocument,
  RetrainNetworksDocument,
} from '@blockwise/client';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useApi, useChange } from '../api/use-api.ts';
import { ForMembers } from '../search/for-members.tsx';
import { useSearch } from '../search/search-frame.tsx';
import { searchPath } from '../search/search-path.ts';
import { Button } from '../ui/button.tsx';
import { Select } from '../ui/fields.tsx';
import { LinkButton } from '../ui/link-button.tsx';
import { Panel } from '../ui/page.tsx';
import { tell } from '../ui/toasts.tsx';
import { WholeNumber } from '../ui/whole-number.tsx';
import styles from './action-panel.module.css';
import { useNetworkName } from './network-name.ts';

/** What can be done with a network: train it otherwise, enter it on a leaderboard, compare it. */
export function ActionPanel({ network }: { network: OneNetworkFragment }) {
  const say = useTranslations('network.actions');
  const { search } = useSearch();
  return (
    <Panel title={say('title')}>
      <div className={styles.actions}>
        <ForMembers>
          {search.state === 'COMPLETE' && <RetrainForm network={network} />}
          {network.top1 !== null && <EnterForm network={network} />}
        </ForMembers>
        <CompareForm network={network} />
      </div>
    </Panel>
  );
}

function RetrainForm({ network }: { network: OneNetworkFragment }) {
  const say = useTranslations('network.actions');
  const { search, followAgain } = useSearch();
  const router = useRouter();
  const { data } = useApi(RecipesDocument, {});
  const own = network.retrainings[0]?.recipe.name;
  const [recipe, setRecipe] = useState<string>();
  const [epochs, setEpochs] = useState<number>();
  const [seeds, setSeeds] = useState(3);
  const [init, setInit] = useState<'SCRATCH' | 'SUPERNET'>('SCRATCH');
  const retrain = useChange(RetrainNetworksDocument);
  const recipes = data?.recipes ?? [];
  const chosen = recipes.find(({ name }) => name === (recipe ?? own)) ?? recipes[0];
  const start = async () => {
    if (chosen === undefined) return;
    const { retrainNetworks } = await retrain.mutateAsync({
      input: {
        search: search.id,
        networks: { encodings: [network.encoding] },
        training: {
          ...{ recipe: chosen.name, seeds, init },
          epochs: epochs ?? chosen.epochs,
        },
      },
    });
    const [made] = retrainNetworks;
    // Events of a search end with it, until more is asked of it.
    followAgain();
    tell({ text: say('retrainStarted'), tone: 'good' });
    if (made) router.push(searchPath(search.id, 'networks', made.id));
  };
  return (
    <section className={styles.action} aria-label={say('retrain')}>
      <h3>{say('retrain')}</h3>
      <p className={styles.about}>{say('retrainAbout')}</p>
      <div className={styles.fields}>
        {chosen && (
          <Select
            label={say('recipe')}
            value={chosen.name}
            options={recipes.map(({ name, title }) => ({ value: name, name: `${name}: ${title}` }))}
            onChange={(next) => {
              setRecipe(next);
              setEpochs(undefined);
            }}
          />
        )}
        <WholeNumber
          key={chosen?.name}
          name={say('epochs')}
          value={epochs ?? chosen?.epochs ?? 1}
          least={1}
          most={10_000}
          onChange={setEpochs}
        />
        <WholeNumber name={say('seeds')} value={seeds} least={1} most={20} onChange={setSeeds} />
        <Select
          label={say('init')}
          value={init}
          options={[
            { value: 'SCRATCH', name: say('scratch') },
            { value: 'SUPERNET', name: say('supernet') },
          ]}
          onChange={setInit}
        />
      </div>
      <Button
        isDisabled={chosen === undefined || retrain.isPending}
        onPress={() => void start().catch(() => {})}
      >
        {say('retrainStart')}
      </Button>
    </section>
  );
}

function EnterForm({ network }: { network: OneNetworkFragment }) {
  const say = useTranslations('network.actions');
  const { dataset } = useSearch().search;
  const { data } = useApi(
    BoardsOfDataDocument,
    { datasetHash: dataset?.hash ?? '' },
    { isReady: dataset != null },
  );
  const [board, setBoard] = useState<string>();
  const enter = useChange(EnterLeaderboardDocument);
  const boards = data?.leaderboards.nodes ?? [];
  const chosen = boards.find(({ id }) => id === board) ?? boards[0];
  const start = async () => {
    if (chosen === undefined) return;
    await enter.mutateAsync({ input: { leaderboard: chosen.id, network: network.id } });
    tell({ text: say('entered', { board: chosen.name }), tone: 'good' });
  };
  return (
    <section className={styles.action} aria-label={say('enter')}>
      <h3>{say('enter')}</h3>
      <p className={styles.about}>{say(boards.length === 0 ? 'noBoards' : 'enterAbout')}</p>
      {chosen && (
        <div className={styles.fields}>
          <Select
            label={say('board')}
            value={chosen.id}
            options={boards.map(({ id, name, team }) => ({
              value: id,
              name: `${name} (${team.name})`,
            }))}
            onChange={setBoard}
          />
          <Button isDisabled={enter.isPending} onPress={() => void start().catch(() => {})}>
            {say('enterStart')}
          </Button>
        </div>
      )}
    </section>
  );
}

function CompareForm({ network }: { network: OneNetworkFragment }) {
  const say = useTranslations('network.actions');
  const { search } = useSearch();
  const nameOf = useNetworkName();
  const others = [...search.networks, ...search.requested].filter(({ id }) => id !== network.id);
  const [other, setOther] = useState<string>();
  const chosen = others.find(({ id }) => id === other) ?? others[0];
  if (chosen === undefined) return null;
  const networks = [network.id, chosen.id].map(encodeURIComponent).join(',');
  return (
    <section className={styles.action} aria-label={say('compare')}>
      <h3>{say('compare')}</h3>
      <p className={styles.about}>{say('compareAbout')}</p>
      <div className={styles.fields}>
        <Select
          label={say('with')}
          value={chosen.id}
          options={others.map((each) => ({ value: each.id, name: nameOf(each) }))}
          onChange={setOther}
        />
        <LinkButton href={`/compare?networks=${networks}`}>{say('compareStart')}</LinkButton>
      </div>
    </section>
  );
}
