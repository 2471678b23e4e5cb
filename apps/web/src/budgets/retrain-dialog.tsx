'use client';

import { RecipesDocument, RetrainNetworksDocument, type SearchDetail } from '@blockwise/client';
import { GraduationCap } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useRef, useState } from 'react';
import { ApiProblem } from '../api/api-problem.tsx';
import { useApi, useChange } from '../api/use-api.ts';
import { newKey } from '../audit/new-key.ts';
import { searchPath } from '../search/search-path.ts';
import { Button } from '../ui/button.tsx';
import { Dialog, DialogButtons } from '../ui/dialog.tsx';
import { Checkbox, Select } from '../ui/fields.tsx';
import { tell } from '../ui/toasts.tsx';
import { useTimes } from '../ui/use-times.ts';
import { WholeNumber } from '../ui/whole-number.tsx';
import styles from './retrain-dialog.module.css';
import { secondsPerEpoch } from './training-time.ts';

export interface Candidate {
  readonly encoding: string;
  readonly name: string;
}

const usualRecipe = 'small@1';

/** Sends chosen networks to retraining: asks once, says what it takes as far as that is known. */
export function RetrainDialog({
  search,
  candidates,
  onStarted,
}: {
  search: SearchDetail;
  /** The network at hand first; those that are pinned. */
  candidates: readonly Candidate[];
  onStarted: () => void;
}) {
  const say = useTranslations('budgets');
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button
        tone="main"
        icon={<GraduationCap aria-hidden />}
        isDisabled={candidates.length === 0 || search.state !== 'COMPLETE'}
        onPress={() => setOpen(true)}
      >
        {say('retrain.open')}
      </Button>
      <Dialog title={say('retrain.title')} isOpen={isOpen} onOpenChange={setOpen}>
        <RetrainForm
          search={search}
          candidates={candidates}
          onClose={() => setOpen(false)}
          onStarted={onStarted}
        />
      </Dialog>
    </>
  );
}

function RetrainForm({
  search,
  candidates,
  onClose,
  onStarted,
}: Parameters<typeof RetrainDialog>[0] & { onClose: () => void }) {
  const say = useTranslations('budgets.retrain');
  const common = useTranslations('common');
  const { duration } = useTimes();
  const router = useRouter();
  // What was at hand when the question was asked stays, even if the slider moves meanwhile.
  const [offered] = useState(candidates);
  const [left, setLeft] = useState<readonly string[]>([]);
  const [recipe, setRecipe] = useState(usualRecipe);
  const [epochs, setEpochs] = useState<number>();
  const [seeds, setSeeds] = useState(1);
  const recipes = useApi(RecipesDocument, {}).data?.recipes ?? [];
  const start = useChange(RetrainNetworksDocument, { showsOwnErrors: true });
  const pending = useRef({ wish: '', key: '' });

  const encodings = offered.map(({ encoding }) => encoding).filter((each) => !left.includes(each));
  const published = recipes.find(({ name }) => name === recipe);
  const perEpoch = secondsPerEpoch(search, recipes);
  const trainings = encodings.length * seeds;
  const seconds = perEpoch && perEpoch * (epochs ?? published?.epochs ?? 0) * trainings;

  const send = () => {
    const input = {
      search: search.id,
      networks: { encodings },
      training: { recipe, seeds, ...(epochs !== undefined && { epochs }) },
    };
    // Pressed twice, or again after a lost answer, it starts once all the same.
    const wish = JSON.stringify(input);
    if (pending.current.wish !== wish) pending.current = { wish, key: newKey() };
    start.mutate(
      { input: { ...input, idempotencyKey: pending.current.key } },
      {
        onSuccess: () => {
          tell({ text: say('started', { trainings }), tone: 'good' });
          onClose();
          onStarted();
          router.push(searchPath(search.id, 'networks'));
        },
      },
    );
  };

  return (
    <div className={styles.form}>
      <fieldset className={styles.networks}>
        <legend>{say('networks')}</legend>
        {offered.map(({ encoding, name }) => (
          <Checkbox
            key={encoding}
            isSelected={!left.includes(encoding)}
            onChange={(isChosen) =>
              setLeft(isChosen ? left.filter((each) => each !== encoding) : [...left, encoding])
            }
          >
            <span>
              {name} <code className={styles.encoding}>{encoding}</code>
            </span>
          </Checkbox>
        ))}
      </fieldset>
      <Select
        label={say('recipe')}
        value={recipe}
        options={(recipes.length === 0 ? [{ name: recipe }] : recipes).map(({ name }) => ({
          value: name,
          name,
        }))}
        onChange={(next) => {
          setRecipe(next);
          setEpochs(undefined);
        }}
      />
      {published && <p className={styles.note}>{published.title}</p>}
      <div className={styles.numbers}>
        <WholeNumber
          key={`${recipe} ${published?.epochs}`}
          name={say('epochs')}
          value={epochs ?? published?.epochs ?? 1}
          least={1}
          most={10_000}
          onChange={setEpochs}
        />
        <WholeNumber
          name={say('seeds')}
          about={say('seedsAbout')}
          value={seeds}
          least={1}
          most={20}
          onChange={setSeeds}
        />
      </div>
      <p className={styles.cost}>
        {say('trainings', { trainings })}{' '}
        {seconds === undefined ? (
          say('timeUnknown')
        ) : (
          <span data-volatile>{say('time', { time: duration(seconds) })}</span>
        )}
      </p>
      {start.error && <ApiProblem error={start.error} />}
      <DialogButtons>
        <Button onPress={onClose}>{common('cancel')}</Button>
        <Button tone="main" isDisabled={encodings.length === 0 || start.isPending} onPress={send}>
          {say('start')}
        </Button>
      </DialogButtons>
    </div>
  );
}
