'use client';

import { PublishedNetworksDocument, SearchListDocument } from '@blockwise/client';
import { recipeNames } from '@blockwise/contracts';
import { useTranslations } from 'next-intl';
import { useApi } from '../../api/use-api.ts';
import { Select } from '../../ui/fields.tsx';
import { formatCount } from '../../ui/format.ts';
import { ChoiceAt, NumberAt, TextAt } from '../bound-fields.tsx';
import { type Draft, valueAt } from '../draft.ts';
import { FieldRow, Section } from '../section.tsx';
import { useSpecDraft } from '../spec-draft.tsx';
import styles from '../start.module.css';

const kinds = ['train', 'timm', 'search', 'network', 'layersModel'] as const;

/** The network that cells learn from. */
export function TeacherSection() {
  const say = useTranslations('start');
  const { draft, set } = useSpecDraft();
  const kind = kinds.find((each) => each === valueAt(draft, ['teacher', 'kind'])) ?? 'train';
  const change = (next: (typeof kinds)[number]) => {
    const architecture = valueAt(draft, ['teacher', 'architecture']);
    const kept: Draft = next === 'train' || next === 'timm' ? { architecture } : {};
    set(['teacher'], { kind: next, ...kept, ...(next === 'train' ? { training: {} } : {}) });
  };
  return (
    <Section title={say('section.teacher')} about={say('about.teacher')}>
      <Select
        isLabelAbove
        label={say('field.teacherKind')}
        value={kind}
        options={kinds.map((value) => ({ value, name: say(`teacher.${value}`) }))}
        onChange={change}
      />
      <FieldRow>
        {(kind === 'train' || kind === 'timm') && (
          <>
            <TextAt path={['teacher', 'architecture']} words="architecture" lines={3} mono />
            <Published />
          </>
        )}
        {(kind === 'timm' || kind === 'layersModel') && (
          <TextAt path={['teacher', 'file']} words="file" />
        )}
        {kind === 'search' && <EarlierSearch />}
        {kind === 'network' && (
          <>
            <TextAt path={['teacher', 'networkId']} words="networkId" />
            <NumberAt path={['teacher', 'width']} words="width" />
            <NumberAt path={['teacher', 'depth']} words="depth" />
          </>
        )}
        {kind === 'train' && (
          <>
            <ChoiceAt
              path={['teacher', 'training', 'recipe']}
              words="recipe"
              values={recipeNames.map((value) => ({ value, name: value }))}
            />
            <NumberAt path={['teacher', 'training', 'epochs']} words="epochs" />
          </>
        )}
      </FieldRow>
    </Section>
  );
}

/** Takes a published network's name for the architecture. */
function Published() {
  const say = useTranslations('start');
  const { draft, set } = useSpecDraft();
  const { data } = useApi(PublishedNetworksDocument, {});
  const chosen = valueAt(draft, ['teacher', 'architecture']);
  const names = (data?.publishedNetworks ?? []).flatMap(({ name, params }) =>
    name == null ? [] : [{ value: name, name: `${name} (${formatCount(params)} params)` }],
  );
  const isOwn = !names.some(({ value }) => value === chosen);
  return (
    <div className={styles.wide}>
      <Select
        isLabelAbove
        label={say('field.published')}
        value={isOwn ? '' : String(chosen)}
        options={[{ value: '', name: say('ownArchitecture') }, ...names]}
        onChange={(name) => name !== '' && set(['teacher', 'architecture'], name)}
      />
    </div>
  );
}

/** One of the searches that have a teacher. */
function EarlierSearch() {
  const say = useTranslations('start');
  const { draft, set, problemAt } = useSpecDraft();
  const { data } = useApi(SearchListDocument, { first: 50, filter: { states: ['COMPLETE'] } });
  const path = ['teacher', 'searchId'];
  const problem = problemAt(path);
  return (
    <div className={styles.choice}>
      <Select
        isLabelAbove
        label={say('field.searchId')}
        value={String(valueAt(draft, path) ?? '')}
        options={[
          { value: '', name: say('choose') },
          ...(data?.searches.nodes ?? []).map(({ id, name }) => ({ value: id, name })),
        ]}
        onChange={(id) => set(path, id === '' ? undefined : id)}
      />
      {problem && <span className={styles.wrong}>{problem}</span>}
    </div>
  );
}
