'use client';

import {
  ClientError,
  SearchSpecDocument,
  StartSearchDocument,
  toSearchSpecInput,
} from '@blockwise/client';
import { presets, type SearchSpecInput } from '@blockwise/contracts';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { parseAsString, parseAsStringLiteral, useQueryState } from 'nuqs';
import { useState } from 'react';
import { useViewer } from '../account/viewer.tsx';
import { ApiProblem } from '../api/api-problem.tsx';
import { useApi, useChange } from '../api/use-api.ts';
import { searchPath } from '../search/search-path.ts';
import { Button } from '../ui/button.tsx';
import { LinkButton } from '../ui/link-button.tsx';
import { Problem, Skeleton } from '../ui/page.tsx';
import type { Draft } from './draft.ts';
import { BudgetSection } from './sections/budget-section.tsx';
import { DatasetSection } from './sections/dataset-section.tsx';
import { DistilSection } from './sections/distil-section.tsx';
import { type Belongings, NameSection } from './sections/name-section.tsx';
import { RetrainSection } from './sections/retrain-section.tsx';
import { SpaceSection } from './sections/space-section.tsx';
import { TeacherSection } from './sections/teacher-section.tsx';
import { SpecDraftProvider, type SpecProblem } from './spec-draft.tsx';
import { forms, SpecText } from './spec-text.tsx';
import styles from './start.module.css';
import { Summary } from './summary.tsx';
import { useKeptDraft } from './use-kept-draft.ts';

const starts = { demo: () => presets.demo(), cifar10: () => presets.cifar10('/path/to/images') };
type Start = keyof typeof starts;

function isStart(text: string): text is Start {
  return Object.hasOwn(starts, text);
}

/** A new search, from a preset or from a search that was there before (`?from=ID`). */
export function StartForm() {
  const say = useTranslations('start');
  const common = useTranslations('common');
  const { viewer } = useViewer();
  const [from, setFrom] = useQueryState('from', parseAsString.withDefault('demo'));
  const cloned = useApi(SearchSpecDocument, { id: from }, { isReady: !isStart(from) });
  if (viewer === null) {
    return (
      <Problem>
        {say('signIn')} <LinkButton href="/sign-in">{say('toSignIn')}</LinkButton>
      </Problem>
    );
  }
  if (cloned.error) return <ApiProblem error={cloned.error} onRetry={cloned.refetch} />;
  const begin = isStart(from)
    ? (starts[from]() as unknown as Draft)
    : cloned.data?.search && {
        ...(cloned.data.search.spec as Draft),
        name: say('copyOf', { name: cloned.data.search.name }),
      };
  if (cloned.data?.search === null) return <Problem>{say('noSuchSearch')}</Problem>;
  if (begin == null) return <Skeleton lines={12} label={common('loading')} />;
  return (
    <>
      <div className={styles.from}>
        {(Object.keys(starts) as Start[]).map((start) => (
          <Button
            key={start}
            tone={start === from ? 'main' : 'plain'}
            onPress={() => setFrom(start)}
          >
            {say(`from.${start}`)}
          </Button>
        ))}
        {!isStart(from) && (
          <span>{say('from.search', { name: cloned.data?.search?.name ?? '' })}</span>
        )}
      </div>
      <Sheet key={from} from={from} begin={begin} />
    </>
  );
}

function Sheet({ from, begin }: { from: string; begin: Draft }) {
  const say = useTranslations('start');
  const router = useRouter();
  const [draft, setDraft, forget] = useKeptDraft(from, begin);
  const [form, setForm] = useQueryState('as', parseAsStringLiteral(forms).withDefault('yaml'));
  const [belongings, setBelongings] = useState<Belongings>({
    team: undefined,
    tags: '',
    visibility: 'TEAM',
  });
  const [refusal, setRefusal] = useState<SpecProblem>();
  // The same draft is started once, however often the button is pressed.
  const [idempotencyKey, setKey] = useState(() => crypto.randomUUID());
  const start = useChange(StartSearchDocument, { showsOwnErrors: true });

  const change = (next: Draft) => {
    setDraft(next);
    setRefusal(undefined);
    setKey(crypto.randomUUID());
  };
  const startNow = async () => {
    const { team, tags, visibility } = belongings;
    try {
      const { startSearch } = await start.mutateAsync({
        input: {
          spec: toSearchSpecInput(draft as unknown as SearchSpecInput),
          ...(team === undefined ? {} : { team }),
          tags: tags.split(',').flatMap((tag) => tag.trim() || []),
          visibility,
          idempotencyKey,
        },
      });
      forget();
      router.push(searchPath(startSearch.id));
    } catch (error) {
      const path = error instanceof ClientError ? error.path : [];
      const message = error instanceof Error ? error.message : String(error);
      setRefusal({ path: path[0] === 'spec' ? path.slice(1) : path, message });
    }
  };

  return (
    <SpecDraftProvider draft={draft} team={belongings.team} refusal={refusal} onChange={change}>
      <div className={styles.columns}>
        <form
          className={styles.form}
          aria-label={say('title')}
          onSubmit={(event) => event.preventDefault()}
        >
          <NameSection belongings={belongings} onChange={setBelongings} />
          <DatasetSection />
          <TeacherSection />
          <SpaceSection />
          <DistilSection />
          <BudgetSection />
          <RetrainSection />
          <SpecText form={form} onForm={setForm} />
        </form>
        <Summary isStarting={start.isPending} onStart={startNow} />
      </div>
    </SpecDraftProvider>
  );
}
