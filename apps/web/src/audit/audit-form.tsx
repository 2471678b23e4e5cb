'use client';

import type { SearchDetail } from '@blockwise/client';
import { RecipesDocument, StartAuditDocument } from '@blockwise/client';
import { type FormEvent, useId, useRef, useState } from 'react';
import { useClient } from '../api/api-provider.tsx';
import { useAnswer } from '../api/use-answer.ts';
import { Problem } from '../ui/page.tsx';
import { WholeNumber } from '../ui/whole-number.tsx';
import styles from './audit-form.module.css';
import { newKey } from './new-key.ts';

/** The API's bounds and its default. */
const networkBounds = { least: 4, most: 200, usual: 20 };
const usualRecipe = 'small@1';

/** Starts an audit; pressed twice, or again after a lost answer, it starts one all the same. */
export function AuditForm({
  search,
  onStarted,
}: {
  search: SearchDetail;
  onStarted: (audit: string) => void;
}) {
  const client = useClient();
  const id = useId();
  const [networks, setNetworks] = useState(networkBounds.usual);
  const [recipe, setRecipe] = useState(usualRecipe);
  const [epochs, setEpochs] = useState('');
  const [isStarting, setIsStarting] = useState(false);
  const [error, setError] = useState<Error>();
  const pending = useRef({ wish: '', key: '' });
  const recipes = useAnswer('recipes', (signal) => client.request(RecipesDocument, {}, { signal }));
  const published = recipes.value?.recipes ?? [];

  const start = async (event: FormEvent) => {
    event.preventDefault();
    // Another audit draws other networks.
    const seed = search.audits.length;
    const training = { recipe, ...(epochs !== '' && { epochs: Number(epochs) }) };
    const spec = { name: `${networks} networks by ${recipe}`, networks, seed, training };
    const wish = JSON.stringify(spec);
    if (pending.current.wish !== wish) pending.current = { wish, key: newKey() };
    setIsStarting(true);
    setError(undefined);
    try {
      const input = { search: search.id, spec, idempotencyKey: pending.current.key };
      const { startAudit } = await client.request(StartAuditDocument, { input });
      pending.current = { wish: '', key: '' };
      onStarted(startAudit.id);
    } catch (reason) {
      setError(reason instanceof Error ? reason : new Error(String(reason)));
    } finally {
      setIsStarting(false);
    }
  };

  return (
    <form className={styles.form} onSubmit={start}>
      <WholeNumber
        name="Networks"
        about="Drawn uniformly over macs"
        value={networks}
        least={networkBounds.least}
        most={networkBounds.most}
        onChange={setNetworks}
      />
      <span>
        <label htmlFor={`${id}-recipe`}>Recipe</label>{' '}
        <select
          id={`${id}-recipe`}
          value={recipe}
          onChange={(event) => setRecipe(event.target.value)}
        >
          {published.length === 0 && <option value={recipe}>{recipe}</option>}
          {published.map(({ name, title }) => (
            <option key={name} value={name} title={title}>
              {name}
            </option>
          ))}
        </select>
      </span>
      <span>
        <label htmlFor={`${id}-epochs`}>Epochs</label>{' '}
        <input
          id={`${id}-epochs`}
          type="number"
          min="1"
          max="10000"
          className={styles.epochs}
          placeholder={String(published.find(({ name }) => name === recipe)?.epochs ?? '')}
          value={epochs}
          onChange={(event) => setEpochs(event.target.value)}
        />
      </span>
      <button type="submit" className={styles.start} disabled={isStarting}>
        {search.audits.length === 0 ? 'Start an audit' : 'Start another audit'}
      </button>
      {error && <Problem>{error.message}</Problem>}
    </form>
  );
}
