'use client';

import { ClientError, type Visibility } from '@blockwise/client';
import { useTranslations } from 'next-intl';
import { Segments, TextField } from '../ui/fields.tsx';
import { CheckGroup } from '../ui/form.tsx';
import { Problem } from '../ui/page.tsx';
import styles from './leaderboard.module.css';

const visibilities = ['PRIVATE', 'TEAM', 'PUBLIC'] as const satisfies readonly Visibility[];

/** What can be changed of a board for as long as there is one. */
export interface BoardTexts {
  readonly name: string;
  readonly description: string;
  readonly visibility: Visibility;
}

/** Name, description and who sees it, each with what the API found wrong with it. */
export function BoardFields({
  texts,
  error,
  onChange,
}: {
  texts: BoardTexts;
  error: Error | null;
  onChange: (texts: BoardTexts) => void;
}) {
  const say = useTranslations('leaderboard');
  const common = useTranslations('common');
  return (
    <>
      <TextField
        label={say('name')}
        isRequired
        maxLength={100}
        autoFocus
        value={texts.name}
        onChange={(name) => onChange({ ...texts, name })}
        error={errorAt(error, 'name')}
      />
      <TextField
        label={say('description')}
        lines={3}
        maxLength={2000}
        value={texts.description}
        onChange={(description) => onChange({ ...texts, description })}
        error={errorAt(error, 'description')}
      />
      <CheckGroup label={say('visibility')}>
        <Segments
          label={say('visibility')}
          value={texts.visibility}
          options={visibilities.map((value) => ({ value, name: common(`visibility.${value}`) }))}
          onChange={(visibility) => onChange({ ...texts, visibility })}
        />
        <span className={styles.note}>{say(`seenBy.${texts.visibility}`)}</span>
      </CheckGroup>
    </>
  );
}

/** What is wrong with the form as a whole, or with a field that is not in it. */
export function OtherProblem({
  error,
  fields,
}: {
  error: Error | null;
  fields: readonly string[];
}) {
  if (error === null || fields.some((field) => errorAt(error, field) !== undefined)) return null;
  return <Problem>{error.message}</Problem>;
}

/** What the API says about a field of the input, if that is what it refused. */
export function errorAt(error: Error | null, field: string): string | undefined {
  return error instanceof ClientError && error.path[0] === field ? error.message : undefined;
}
