'use client';

import type { SearchDetail } from '@blockwise/client';
import { CancelSearchDocument } from '@blockwise/client';
import type { ReactNode } from 'react';
import { useChange } from '../api/use-api.ts';
import { Button } from '../ui/button.tsx';
import { useConfirm } from '../ui/confirm.tsx';
import { formatCount, formatExact, formatShare } from '../ui/format.ts';
import { Problem } from '../ui/page.tsx';
import { StateChip } from '../ui/state-chip.tsx';
import { Lasting } from '../ui/times.tsx';
import { teacherKinds } from './names.ts';
import { recipeWords } from './recipe-line.ts';
import styles from './search-head.module.css';

/** Name, state and the facts that everything below rests on. */
export function SearchHead({ search }: { search: SearchDetail }) {
  const { dataset } = search;
  return (
    <div className={styles.head}>
      <div className={styles.title}>
        <h1>{search.name}</h1>
        <StateChip state={search.state} />
        <CancelButton search={search} />
      </div>
      {search.failure && (
        <Problem>
          {search.failure.message} <code>{search.failure.code}</code>
        </Problem>
      )}
      <dl className={styles.facts}>
        <Fact name="Networks in the space" value={formatExact(search.spaceSize)} />
        <Fact
          name="Data set"
          value={
            dataset
              ? `${formatExact(dataset.trainCount)} + ${formatExact(dataset.testCount)} images`
              : 'not read yet'
          }
          note={
            dataset && `${dataset.classes.length} classes, ${dataset.size}×${dataset.size} pixels`
          }
        />
        <TeacherFact search={search} />
        <LatencyFact search={search} />
        <Fact name="Took" value={<Lasting from={search.startedAt} to={search.finishedAt} />} />
      </dl>
      {dataset && dataset.rejected.length > 0 && (
        <p>
          {dataset.rejected.length} files do not decode and were left out:{' '}
          {dataset.rejected.map((file) => file.file).join(', ')}
        </p>
      )}
    </div>
  );
}

/** The teacher's own accuracy: what is distilled from it can hardly be better. */
function TeacherFact({ search: { teacher } }: { search: SearchDetail }) {
  if (teacher == null) return <Fact name="Teacher’s top-1" value="not there yet" />;
  const { kind, params, testCount, top1, recipe, differences } = teacher;
  return (
    <Fact
      name="Teacher’s top-1"
      value={top1 == null ? 'not measured' : formatShare(top1)}
      note={[
        top1 == null ? 'its classes are not the data’s' : `${formatExact(testCount)} test images`,
        teacherKinds[kind],
        `${formatCount(params)} params`,
        ...(recipe == null ? [] : [recipeWords(recipe, differences ?? [])]),
      ].join(', ')}
    />
  );
}

/** What the newest latency table was measured on. */
function LatencyFact({ search: { latencyTables } }: { search: SearchDetail }) {
  const measured = latencyTables.findLast(({ measuredAt }) => measuredAt != null);
  if (measured !== undefined) {
    const { engine, device, batch } = measured;
    return (
      <Fact
        name="Latency measured on"
        value={device ?? '–'}
        note={`engine ${engine}, ${batch === 1 ? 'one image' : `${batch} images`} at a time`}
      />
    );
  }
  return latencyTables.length > 0 && <Fact name="Latency" value="not measured yet" />;
}

function Fact({ name, value, note }: { name: string; value: ReactNode; note?: string | null }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        {value}
        {note && <span className={styles.note}>{note}</span>}
      </dd>
    </div>
  );
}

/** Asks once before it cancels. */
function CancelButton({ search }: { search: SearchDetail }) {
  const confirm = useConfirm();
  const cancel = useChange(CancelSearchDocument);
  if (search.state !== 'QUEUED' && search.state !== 'RUNNING') return null;
  const ask = async () => {
    const yes = await confirm({
      title: `Cancel “${search.name}”?`,
      text: 'Finished results stay.',
      yes: 'Cancel search',
    });
    if (yes) cancel.mutate({ input: { search: search.id } });
  };
  return (
    <Button tone="danger" isDisabled={cancel.isPending} onPress={ask}>
      Cancel search
    </Button>
  );
}
