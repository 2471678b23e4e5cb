'use client';

import { SearchListDocument } from '@blockwise/client';
import { X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useApi } from '../api/use-api.ts';
import { seriesColour } from '../charts/palette.ts';
import { Button } from '../ui/button.tsx';
import { SearchBox } from '../ui/search-box.tsx';
import { Ago } from '../ui/times.tsx';
import styles from './search-picker.module.css';

/** The API's bound. */
const most = 10;
const offered = 20;

export interface ChosenSearch {
  readonly id: string;
  /** Null for a search that is not there, or may not be seen. */
  readonly name: string | null;
}

/** The searches that are compared, and a field that finds more as one types. */
export function SearchPicker({
  chosen,
  onChange,
}: {
  chosen: readonly ChosenSearch[];
  onChange: (ids: string[]) => void;
}) {
  const say = useTranslations('compare');
  const [text, setText] = useState('');
  const found = useApi(
    SearchListDocument,
    { first: offered, filter: text.trim() === '' ? null : { text: text.trim() } },
    { keepsLast: true },
  );
  const ids = chosen.map(({ id }) => id);
  const nodes = found.data?.searches.nodes ?? [];
  return (
    <div className={styles.picker}>
      <SearchBox
        label={say('add')}
        text={text}
        items={nodes.filter(({ id }) => !ids.includes(id))}
        empty={found.isPending ? say('looking') : say('noneFound')}
        isDisabled={ids.length >= most}
        onText={setText}
        onChoose={({ id }) => onChange([...ids, id])}
      >
        {({ name, createdAt }) => (
          <span className={styles.item}>
            {name}
            <span className={styles.note}>
              <Ago at={createdAt} />
            </span>
          </span>
        )}
      </SearchBox>
      <ul className={styles.chosen} aria-label={say('chosen')}>
        {chosen.map(({ id, name }, at) => (
          <li key={id} className={styles.chip}>
            <span className={styles.swatch} style={{ background: seriesColour(at) }} aria-hidden />
            {at + 1}: {name ?? say('unseen')}
            <Button
              tone="quiet"
              aria-label={say('remove', { name: name ?? say('unseen') })}
              icon={<X aria-hidden />}
              onPress={() => onChange(ids.filter((each) => each !== id))}
            />
          </li>
        ))}
      </ul>
    </div>
  );
}
