'use client';

import {
  AuditTrainingsDocument,
  RecipesDocument,
  type SearchDetail,
  StartAuditDocument,
} from '@blockwise/client';
import { useTranslations } from 'next-intl';
import { useRef, useState } from 'react';
import { useApi, useChange } from '../api/use-api.ts';
import { readAmount } from '../ui/amount.ts';
import { Button } from '../ui/button.tsx';
import { Select, TextField } from '../ui/fields.tsx';
import { Form } from '../ui/form.tsx';
import { Problem } from '../ui/page.tsx';
import { useTimes } from '../ui/use-times.ts';
import styles from './audit.module.css';
import { secondsPerEpoch } from './audit-cost.ts';
import { newKey } from './new-key.ts';

/** The API's bounds and its default. */
const networkBounds = { least: 4, most: 200, usual: 20 };
const epochBounds = { least: 1, most: 10_000 };
const usualRecipe = 'small@1';

/** Starts an audit; pressed twice, or again after a lost answer, it starts one all the same. */
export function AuditForm({
  search,
  onStarted,
}: {
  search: SearchDetail;
  onStarted: (audit: string) => void;
}) {
  const say = useTranslations('trust');
  const [typedNetworks, setNetworks] = useState(String(networkBounds.usual));
  const [recipe, setRecipe] = useState(usualRecipe);
  const [typedEpochs, setEpochs] = useState('');
  const pending = useRef({ wish: '', key: '' });
  const { data } = useApi(RecipesDocument, {});
  const recipes = data?.recipes ?? [];
  const start = useChange(StartAuditDocument, { showsOwnErrors: true });

  const usualEpochs = recipes.find(({ name }) => name === recipe)?.epochs;
  const networks = wholeWithin(typedNetworks, networkBounds);
  const epochs = typedEpochs === '' ? usualEpochs : wholeWithin(typedEpochs, epochBounds);
  const isWrong = networks === undefined || (typedEpochs !== '' && epochs === undefined);

  const submit = () => {
    // Another audit draws other networks.
    const seed = search.audits.length;
    const training = { recipe, ...(typedEpochs !== '' && { epochs }) };
    const spec = {
      name: say('auditName', { networks: networks ?? 0, recipe }),
      networks,
      seed,
      training,
    };
    const wish = JSON.stringify(spec);
    if (pending.current.wish !== wish) pending.current = { wish, key: newKey() };
    const input = { search: search.id, spec, idempotencyKey: pending.current.key };
    start.mutate(
      { input },
      {
        onSuccess: ({ startAudit }) => {
          pending.current = { wish: '', key: '' };
          onStarted(startAudit.id);
        },
      },
    );
  };
  return (
    <div className={styles.stack}>
      <p>{say('startAbout')}</p>
      <Form label={say('startTitle')} onSubmit={submit}>
        <TextField
          label={say('networksToDraw')}
          inputMode="numeric"
          value={typedNetworks}
          onChange={setNetworks}
          error={networks === undefined ? say('wholeWithin', networkBounds) : undefined}
        />
        <Select
          label={say('recipe')}
          value={recipe}
          options={(recipes.length === 0 ? [{ name: recipe }] : recipes).map(({ name }) => ({
            value: name,
            name,
          }))}
          onChange={setRecipe}
        />
        <TextField
          label={say('epochs')}
          inputMode="numeric"
          placeholder={usualEpochs === undefined ? '' : String(usualEpochs)}
          value={typedEpochs}
          onChange={setEpochs}
          error={
            typedEpochs !== '' && epochs === undefined ? say('wholeWithin', epochBounds) : undefined
          }
        />
        <Button type="submit" isDisabled={isWrong || start.isPending}>
          {say('start')}
        </Button>
      </Form>
      <Cost search={search} networks={networks} epochs={epochs} />
      {start.error && <Problem>{start.error.message}</Problem>}
    </div>
  );
}

/** What the audit will take, by what the search's own trainings took. */
function Cost({
  search,
  networks,
  epochs,
}: {
  search: SearchDetail;
  networks: number | undefined;
  epochs: number | undefined;
}) {
  const say = useTranslations('trust');
  const { duration } = useTimes();
  const { data } = useApi(AuditTrainingsDocument, { search: search.id });
  if (networks === undefined || epochs === undefined) return null;
  const perEpoch = secondsPerEpoch({
    jobs: search.jobs,
    networks: data?.search?.networks.nodes ?? [],
  });
  return (
    <p className={styles.note}>
      {perEpoch === undefined
        ? say('trainings', { networks, epochs })
        : say('cost', { networks, epochs, cost: duration(perEpoch * networks * epochs) })}
    </p>
  );
}

function wholeWithin(
  text: string,
  { least, most }: { least: number; most: number },
): number | undefined {
  const amount = readAmount(text);
  if ('wrong' in amount || amount.value === undefined) return undefined;
  const isGood = Number.isInteger(amount.value) && amount.value >= least && amount.value <= most;
  return isGood ? amount.value : undefined;
}
