'use client';

import type { SearchDetail } from '@blockwise/client';
import { Copy, GitCompareArrows } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useMayStart } from '../account/rights.ts';
import { formatCount, formatExact, formatShare } from '../ui/format.ts';
import { LinkButton } from '../ui/link-button.tsx';
import { Fact, Facts, Problem } from '../ui/page.tsx';
import { StateChip } from '../ui/state-chip.tsx';
import { Lasting } from '../ui/times.tsx';
import { recipeWords } from './recipe-words.ts';
import styles from './search-head.module.css';
import { SteerSearch } from './steer-search.tsx';

/** Name, state, what steers it, and the facts that everything below rests on. */
export function SearchHead({ search }: { search: SearchDetail }) {
  const say = useTranslations('search.head');
  const { dataset } = search;
  const mayStart = useMayStart();
  return (
    <div className={styles.head}>
      <div className={styles.title}>
        <h1>{search.name}</h1>
        <StateChip state={search.state} />
        <div className={styles.deeds}>
          <LinkButton
            href={`/compare?searches=${encodeURIComponent(search.id)}`}
            icon={<GitCompareArrows aria-hidden />}
          >
            {say('compare')}
          </LinkButton>
          {mayStart && (
            <LinkButton
              href={`/searches/new?from=${encodeURIComponent(search.id)}`}
              icon={<Copy aria-hidden />}
            >
              {say('clone')}
            </LinkButton>
          )}
          <SteerSearch search={search} />
        </div>
      </div>
      {search.failure && (
        <Problem>
          {search.failure.message} <code>{search.failure.code}</code>
        </Problem>
      )}
      <Facts>
        <Fact name={say('space')}>{formatExact(search.spaceSize)}</Fact>
        <Fact
          name={say('dataset')}
          note={
            dataset &&
            say('datasetNote', { classes: dataset.classes.length, size: String(dataset.size) })
          }
        >
          {dataset
            ? say('images', {
                train: formatExact(dataset.trainCount),
                test: formatExact(dataset.testCount),
              })
            : say('notRead')}
        </Fact>
        <TeacherFact search={search} />
        <LatencyFact search={search} />
        <Fact name={say('took')}>
          <Lasting from={search.startedAt} to={search.finishedAt} />
        </Fact>
      </Facts>
      {dataset && dataset.rejected.length > 0 && (
        <p>
          {say('rejected', { count: dataset.rejected.length })}{' '}
          {dataset.rejected.map((file) => file.file).join(', ')}
        </p>
      )}
    </div>
  );
}

/** The teacher's own accuracy: what is distilled from it can hardly be better. */
function TeacherFact({ search: { teacher } }: { search: SearchDetail }) {
  const say = useTranslations('search.head');
  const inWords = useTranslations('recipe');
  if (teacher == null) return <Fact name={say('teacher')}>{say('notThere')}</Fact>;
  const { kind, params, testCount, top1, recipe, differences } = teacher;
  const notes = [
    top1 == null ? say('otherClasses') : say('testImages', { count: formatExact(testCount) }),
    say(`teacherKinds.${kind}`),
    `${formatCount(params)} params`,
    ...(recipe == null ? [] : [recipeWords(inWords, recipe, differences ?? [])]),
  ];
  return (
    <Fact name={say('teacher')} note={notes.join(', ')}>
      {top1 == null ? say('notMeasured') : formatShare(top1)}
    </Fact>
  );
}

/** What the newest latency table was measured on. */
function LatencyFact({ search: { latencyTables } }: { search: SearchDetail }) {
  const say = useTranslations('search.head');
  const measured = latencyTables.findLast(({ measuredAt }) => measuredAt != null);
  if (measured !== undefined) {
    const { engine, device, batch } = measured;
    return (
      <Fact
        name={say('latency')}
        note={say('latencyNote', { engine: engine ?? '', batch: batch ?? 1 })}
      >
        <span data-volatile>{device ?? '–'}</span>
      </Fact>
    );
  }
  return latencyTables.length > 0 && <Fact name={say('latency')}>{say('latencyNotMeasured')}</Fact>;
}
