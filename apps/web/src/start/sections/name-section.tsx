'use client';

import { TeamsDocument } from '@blockwise/client';
import { useTranslations } from 'next-intl';
import { useApi } from '../../api/use-api.ts';
import { Select, TextField } from '../../ui/fields.tsx';
import { NumberAt, TextAt } from '../bound-fields.tsx';
import { FieldRow, Section } from '../section.tsx';

/** What belongs to the search beside its specification. */
export interface Belongings {
  readonly team: string | undefined;
  readonly tags: string;
  readonly visibility: 'TEAM' | 'PRIVATE' | 'PUBLIC';
}

/** What it is called, and whose it is. */
export function NameSection({
  belongings,
  onChange,
}: {
  belongings: Belongings;
  onChange: (belongings: Belongings) => void;
}) {
  const say = useTranslations('start');
  const common = useTranslations('common');
  const { data } = useApi(TeamsDocument, { first: 100 });
  const teams = (data?.teams.nodes ?? []).filter(({ viewerRole }) => viewerRole !== 'VIEWER');
  const team = belongings.team ?? teams[0]?.id ?? '';
  return (
    <Section title={say('section.name')} about={say('about.name')}>
      <FieldRow>
        <TextAt path={['name']} words="name" />
        {teams.length > 1 && (
          <Select
            isLabelAbove
            label={say('field.team')}
            value={team}
            options={teams.map((each) => ({ value: each.id, name: each.name }))}
            onChange={(next) => onChange({ ...belongings, team: next })}
          />
        )}
        <Select
          isLabelAbove
          label={say('field.visibility')}
          value={belongings.visibility}
          options={(['TEAM', 'PRIVATE', 'PUBLIC'] as const).map((value) => ({
            value,
            name: common(`visibility.${value}`),
          }))}
          onChange={(visibility) => onChange({ ...belongings, visibility })}
        />
        <TextField
          label={say('field.tags')}
          hint={say('hint.tags')}
          value={belongings.tags}
          onChange={(tags) => onChange({ ...belongings, tags })}
        />
        <NumberAt path={['seed']} words="seed" />
      </FieldRow>
    </Section>
  );
}
