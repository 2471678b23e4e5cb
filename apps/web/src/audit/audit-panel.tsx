'use client';

import { useState } from 'react';
import { useSearch } from '../search/search-frame.tsx';
import { Empty, Panel } from '../ui/page.tsx';
import { AuditForm } from './audit-form.tsx';
import { AuditView } from './audit-view.tsx';

/** Whether predicted losses tell which network is better: audits, one at a time, and a form for the next. */
export function AuditPanel() {
  const { search, followAgain: onStarted } = useSearch();
  const [chosen, setChosen] = useState<string>();
  const { audits } = search;
  const audit = audits.find(({ id }) => id === chosen) ?? audits.at(-1);
  return (
    <Panel
      title="Can the ranking be trusted?"
      aside={
        audits.length > 1 && (
          <label>
            Audit{' '}
            <select value={audit?.id} onChange={(event) => setChosen(event.target.value)}>
              {audits.map(({ id, name }, place) => (
                <option key={id} value={id}>
                  {place + 1}: {name}
                </option>
              ))}
            </select>
          </label>
        )
      }
    >
      {audit === undefined && (
        <Empty>
          An audit draws networks from the space, trains them all by one recipe, and compares their
          accuracy with what was predicted.
          {search.state !== 'COMPLETE' && ' It can start when the search is complete.'}
        </Empty>
      )}
      {audit && <AuditView key={audit.id} search={search} audit={audit} />}
      {search.state === 'COMPLETE' && (
        <AuditForm
          search={search}
          onStarted={(id) => {
            setChosen(id);
            onStarted();
          }}
        />
      )}
    </Panel>
  );
}
