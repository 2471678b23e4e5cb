'use client';

import { TeamsDocument } from '@blockwise/client';
import { useTranslations } from 'next-intl';
import { useViewer } from '../account/viewer.tsx';
import { useApi } from '../api/use-api.ts';
import { Button } from '../ui/button.tsx';
import { Checkbox, Select, TextField } from '../ui/fields.tsx';
import { states } from './list-address.ts';
import type { useListState } from './list-state.ts';
import styles from './searches.module.css';

/** Which searches are shown. */
export function ListFilters({ list }: { list: ReturnType<typeof useListState> }) {
  const say = useTranslations('searches.filter');
  const common = useTranslations('common.state');
  const { viewer } = useViewer();
  const { data } = useApi(TeamsDocument, { first: 100 }, { isReady: viewer != null });
  const teams = data?.teams.nodes ?? [];
  const { filter, setFilter, isFiltered } = list;
  return (
    <search className={styles.filters}>
      <TextField
        label={say('text')}
        value={filter.text}
        onChange={(text) => setFilter({ text: text || null })}
      />
      {teams.length > 1 && (
        <Select
          isLabelAbove
          label={say('team')}
          value={filter.team}
          options={[
            { value: '', name: say('allTeams') },
            ...teams.map(({ id, name }) => ({ value: id, name })),
          ]}
          onChange={(team) => setFilter({ team: team || null })}
        />
      )}
      {filter.tag !== '' && (
        <Button onPress={() => setFilter({ tag: null })}>
          {say('tag', { tag: filter.tag })} ×
        </Button>
      )}
      <fieldset className={styles.states}>
        <legend className="visually-hidden">{say('states')}</legend>
        {states.map((state) => (
          <Checkbox
            key={state}
            isSelected={filter.states.includes(state)}
            onChange={(on) =>
              setFilter({
                states: on
                  ? [...filter.states, state]
                  : filter.states.filter((each) => each !== state),
              })
            }
          >
            {common(state)}
          </Checkbox>
        ))}
      </fieldset>
      {isFiltered && (
        <Button
          tone="quiet"
          onPress={() => setFilter({ text: null, states: null, tag: null, team: null })}
        >
          {say('clear')}
        </Button>
      )}
    </search>
  );
}
